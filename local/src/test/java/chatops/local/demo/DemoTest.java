package chatops.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.chat.Language;
import chatops.local.host.HostException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoTest {
  private static final Path TEMPLATES =
      Path.of(System.getProperty("chatops.root", "..")).resolve("templates");

  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

  private String told() {
    return terminal.toString(StandardCharsets.UTF_8);
  }

  private PrintStream out() {
    return new PrintStream(terminal, true, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"3, EN", "2, JA"})
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void every_step_of_the_demo_is_ok_with_both_generations_of_function_compute(
      int generation, Language language) throws IOException {
    Path store;
    boolean sound;
    try (Demo demo = Demo.start(new Demo.Plan(0, language, generation, null, TEMPLATES), out())) {
      store = demo.machine().store();
      demo.play();
      sound = demo.finish();
    }

    assertThat(sound).as(told()).isTrue();
    assertThat(told().lines().reduce((first, last) -> last))
        .contains("demo: 12 steps ok, 0 failed");
    assertThat(store).doesNotExist();
    assertThat(told())
        .doesNotContainPattern("access_token=[0-9a-f]")
        .doesNotContainPattern("/approvals/[A-Za-z0-9]");
  }

  @Test
  void a_taken_port_is_named_with_the_way_out() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Demo.Plan plan = new Demo.Plan(taken.getLocalPort(), Language.EN, 3, null, TEMPLATES);

      assertThatThrownBy(() -> Demo.start(plan, out()))
          .isInstanceOf(HostException.class)
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("--port N");
    }
  }
}
