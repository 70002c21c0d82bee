package chatops.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.chat.Language;
import chatops.cloudsim.ecs.Pace;
import chatops.local.host.HostException;
import chatops.local.text.Texts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Execution(ExecutionMode.CONCURRENT)
class DemoTest {
  /** Long enough for a reboot to be seen. */
  private static final Pace PACE = Pace.of(Duration.ofMillis(700));

  private static final Path TEMPLATES =
      Path.of(System.getProperty("chatops.root", "..")).resolve("templates");

  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

  private String told() {
    return terminal.toString(StandardCharsets.UTF_8);
  }

  private PrintStream out() {
    return new PrintStream(terminal, true, StandardCharsets.UTF_8);
  }

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void every_step_of_the_demo_is_ok_with_functions_of_an_older_service() throws IOException {
    play(2, Language.JA);
  }

  /** What {@code ./chatops demo --exit} plays, which the check of a landing runs. */
  @ParameterizedTest
  @EnumSource(Language.class)
  @Tag("long")
  void every_step_of_the_demo_is_ok_in_every_language(Language language) throws IOException {
    play(3, language);
    System.out.println("long-job: demo language=" + language + " failed=0");
  }

  private void play(int generation, Language language) throws IOException {
    Path store;
    boolean sound;
    try (Demo demo =
        Demo.start(new Demo.Plan(0, language, generation, null, null, TEMPLATES, PACE), out())) {
      store = demo.machine().store();
      demo.play();
      sound = demo.finish();
    }

    assertThat(sound).as(told()).isTrue();
    boolean isMissing = ExtensionPart.missing(Texts.in(language)).isPresent();
    assertThat(told().lines().reduce((first, last) -> last))
        .contains("demo: " + (isMissing ? 13 : 15) + " steps ok, 0 failed");
    if (isMissing) {
      assertThat(told()).contains(Texts.in(language).get("demo.part.extension"));
    }
    assertThat(store).doesNotExist();
    assertThat(told())
        .doesNotContainPattern("access_token=[0-9a-f]")
        .doesNotContainPattern("/approvals/[A-Za-z0-9]");
  }

  @Test
  void a_taken_port_is_named_with_the_way_out() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Demo.Plan plan = new Demo.Plan(taken.getLocalPort(), Language.EN, 3, null, null, TEMPLATES);

      assertThatThrownBy(() -> Demo.start(plan, out()))
          .isInstanceOf(HostException.class)
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("--port N");
    }
  }
}
