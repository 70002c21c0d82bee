package chatops.execution;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.chat.handover.HandOver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A template that takes longer than its function may run, in real time, through the queue of the simulated Function Compute. */
class LongFunctionTest {
  private static final Duration LIMIT = Duration.ofSeconds(32);
  private static final int NAPS = 18;

  @TempDir
  Path folder;

  @Test
  @Tag("long")
  void it_goes_on_in_further_invocations() throws Exception {
    StringBuilder template = new StringBuilder("FormatVersion: OOS-2019-06-01\nTasks:\n");
    for (int i = 0; i < NAPS; i++) {
      template
          .append("  - {Name: nap")
          .append(i)
          .append(", Action: ACS::Sleep, Properties: {Duration: 2S}}\n");
    }
    template.append(
        "  - {Name: look, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: DescribeInstances}}\n");
    Path templates = Files.createDirectory(folder.resolve("templates"));
    Files.writeString(templates.resolve("Slow.yaml"), template);
    try (Account account = new Account(folder, "CHATOPS_TEMPLATES", templates.toString())) {
      account.timeLimit(LIMIT);
      HandOver.Run run = account.command(Account.ANN, Language.EN, "oos", "run", "Slow");
      Instant start = Instant.now();

      account.send(run);
      assertThat(Duration.between(start, Instant.now())).isLessThan(LIMIT);
      Eventually.is(() -> account.answers(run).toString().contains("done"));

      Duration took = Duration.between(start, Instant.now());
      long invocations = account.cloud.log().of("FC", "InvokeFunction").size();
      System.out.println("long-job: LongFunctionTest limit=" + LIMIT + " took=" + took
          + " further invocations=" + invocations);
      assertThat(took).isGreaterThan(LIMIT);
      assertThat(invocations).isBetween(3L, 8L);
      assertThat(account.cloud.log().of("Ecs", "DescribeInstances")).hasSize(1);
    }
  }
}
