package chatops.local.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionProcessTest {
  @TempDir
  Path folder = Path.of("");

  /** Starts an instance that tells its id, and waits. */
  static final class Host {
    private Host() {}

    public static void main(String[] arguments) throws Exception {
      FunctionProcess.start(
          "instance",
          List.of(
              "/bin/sh",
              "-c",
              "echo pid=$$; echo 'FC runtime serves nothing on /127.0.0.1:1'; exec sleep 600"),
          Path.of(arguments[0]),
          Map.of("PATH", "/usr/bin:/bin"),
          System.out);
      Thread.sleep(600_000);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void an_instance_does_not_outlive_a_host_that_is_told_to_end_or_killed(boolean isKilled)
      throws Exception {
    Process host = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Host.class.getName(),
            folder.toString())
        .redirectErrorStream(true)
        .start();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(host.getInputStream(), StandardCharsets.UTF_8))) {
      String line = said.readLine();
      assertThat(line).startsWith("instance: pid=");
      ProcessHandle instance =
          ProcessHandle.of(Long.parseLong(line.replace("instance: pid=", ""))).orElseThrow();

      if (isKilled) {
        host.destroyForcibly();
      } else {
        host.destroy();
      }

      assertThat(host.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(instance.onExit().get(60, TimeUnit.SECONDS).isAlive()).isFalse();
    } finally {
      host.destroyForcibly();
    }
  }
}
