package chatops.local.lint;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.expression.Fault;
import chatops.engine.template.Finding;
import chatops.engine.template.Position;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final Path FILE = Path.of("a.yml");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private long seconds;

  private final Tally tally =
      new Tally(Lines.TEXT, 5, stream(out), stream(err), () -> seconds * 1_000_000_000L);

  @Test
  void errors_and_warnings_are_counted_apart() {
    tally.checked(FILE, List.of(finding(Fault.CYCLE, "a"), finding(Fault.MISSING_RAM_ROLE, "b")));
    tally.passedOver(FILE);

    assertThat(tally).hasToString("lint: 1 templates, 1 errors, 1 warnings");
    assertThat(tally.hasErrors()).isTrue();
    assertThat(tally.passedOver()).isEqualTo(1);
  }

  @Test
  void nothing_is_told_of_the_progress_within_two_seconds() {
    seconds = 1;
    tally.checked(FILE, List.of());

    assertThat(err.size()).isZero();
  }

  @Test
  void progress_is_told_every_two_seconds_but_not_when_all_is_done() {
    for (int i = 0; i < 5; i++) {
      seconds++;
      tally.checked(FILE, List.of());
    }

    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("  2 of 5 files", "  4 of 5 files");
  }

  @Test
  void text_of_a_template_can_neither_break_the_line_nor_steer_the_terminal() {
    tally.checked(FILE, List.of(finding(Fault.CYCLE, "one\ntwo\u001b[31m\u202ethree")));

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("a.yml:2:3: error cycle: one two [31m three — mend it" + System.lineSeparator());
  }

  private static Finding finding(Fault fault, String message) {
    return new Finding(fault, new Position(2, 3), message, "mend it");
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
