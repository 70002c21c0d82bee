package chatops.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.local.text.Texts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NarrationTest {
  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final Narration narration =
      new Narration(new PrintStream(terminal, true, StandardCharsets.UTF_8), Texts.in(Language.EN));

  private String told() {
    return terminal.toString(StandardCharsets.UTF_8);
  }

  @Test
  void a_step_whose_checks_hold_is_ok() {
    narration.step("first", step -> step.expect("status", 200, 200));

    assertThat(narration.summary()).isEqualTo("demo: 1 steps ok, 0 failed");
    assertThat(told()).contains("  1  first").contains("ok, 0.");
  }

  @Test
  void every_failed_check_is_told_with_what_was_expected_and_found() {
    narration.step("first", step -> {
      step.expect("status", 200, 403);
      step.claim("the text", false, "something else");
    });

    assertThat(narration.summary()).isEqualTo("demo: 0 steps ok, 1 failed");
    assertThat(told())
        .contains("status: expected 200, found 403")
        .contains("the text: not as expected, found: something else");
  }

  @Test
  void a_step_that_throws_is_told_and_the_demo_goes_on() {
    narration.step("first", step -> {
      throw new IllegalStateException("the peer is gone");
    });
    narration.step("second", step -> {});

    assertThat(narration.summary()).isEqualTo("demo: 1 steps ok, 1 failed");
    assertThat(told()).contains("the peer is gone").contains("  2  second");
  }

  @Test
  void what_never_comes_fails_the_step_with_its_name() {
    narration.step("first", step -> step.await("the result", Duration.ZERO, Optional::empty));

    assertThat(narration.failed()).isEqualTo(1);
    assertThat(told()).contains("the result did not come within 0 s");
  }

  @Test
  void what_comes_later_is_waited_for() {
    AtomicInteger looks = new AtomicInteger();

    narration.step(
        "first",
        step -> assertThat(step.await(
                "the result",
                Duration.ofSeconds(10),
                () -> looks.incrementAndGet() < 3 ? Optional.empty() : Optional.of("here")))
            .isEqualTo("here"));

    assertThat(narration.failed()).isZero();
  }
}
