package chatops.local.serve;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.CloudSim;
import chatops.local.host.Cast;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} as systemd has it: a process that is told to end while an approval is waited for, and started again. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ServedProcessTest {
  private static final Pattern EXECUTION = Pattern.compile("exec-[a-z2-7]{26}");
  private static final int TERMINATED = 128 + 15;
  private static final String ASK = """
      FormatVersion: OOS-2019-06-01
      RamRole: OOSServiceRole
      Tasks:
        - Name: ask
          Action: ACS::Approve
          Properties: {NotifyType: WebHook, WebHook: {URI: 'HOOK', Content: {msgtype: text, text: {content: go}}}}
        - Name: look
          Action: ACS::ExecuteAPI
          Properties: {Service: ecs, API: DescribeInstances, Parameters: {}}
      """;

  @TempDir
  Path folder = Path.of("");

  @Test
  void what_waits_at_sigterm_is_decided_after_the_next_start() throws Exception {
    try (CloudSim cloud = ServedHost.cloud()) {
      ServedHost host = new ServedHost(cloud, folder);
      host.template("Ask", ASK);

      Process first = host.start();
      cloud.slack().command(Cast.ANN.slack(), Cast.OPERATIONS, "/oos run Ask");
      String execution = awaited(host, "Approval wanted");
      first.destroy();
      assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(first.exitValue()).as(host.said()).isEqualTo(TERMINATED);

      Process second = host.start();
      try {
        cloud.slack().command(Cast.BO.slack(), Cast.OPERATIONS, "/oos approve " + execution);
        awaited(host, "✅ Ask");
        assertThat(cloud.log().of("Ecs", "DescribeInstances")).hasSize(1);
      } finally {
        second.destroy();
        second.waitFor();
      }
    }
  }

  /** @return the execution that a message of the chat with this sign names, or an empty text */
  private static String awaited(ServedHost host, String sign)
      throws IOException, InterruptedException {
    for (int i = 0; i < 1200; i++) {
      for (var message : host.cloud.slack().channels().since(0)) {
        String all = message.json().toString();
        if (all.contains(sign)) {
          Matcher found = EXECUTION.matcher(all);
          return found.find() ? found.group() : "";
        }
      }
      Thread.sleep(50);
    }
    throw new AssertionError("no message with " + sign + ": "
        + host.cloud.slack().channels().since(0) + "\n" + host.said());
  }
}
