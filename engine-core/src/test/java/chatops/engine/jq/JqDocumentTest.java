package chatops.engine.jq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The differences to jq 1.6 that {@code docs/jq.md} tells of are there, on both sides, and as it says. */
class JqDocumentTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `(.+?)` \\| `?(.+?)`? \\| `?(.+?)`? \\| .*\\|");

  private record Row(String program, String theirs, String ours) {}

  @TempDir
  Path directory;

  private final Jq jq = new Jq();
  private final JsonMapper mapper = new JsonMapper();

  @Test
  void here_each_documented_program_does_what_is_documented() throws IOException {
    List<Row> rows = rows();

    assertThat(rows).hasSizeGreaterThan(10);
    for (Row row : rows) {
      check(
          row.ours(),
          JqOutcome.of(() -> jq.script(row.program()).run(NullNode.getInstance(), Map.of())),
          row);
    }
  }

  @Test
  void the_jq_command_does_what_is_documented() throws IOException {
    assumeTrue(JqCommand.isInstalled(), "jq 1.6 is not installed");
    List<Row> rows = rows();
    List<JqCommand.Job> jobs = rows.stream()
        .map(row -> new JqCommand.Job(row.program(), List.of(NullNode.getInstance())))
        .toList();

    List<List<JqOutcome>> outcomes = new JqCommand(directory).run(jobs);

    for (int i = 0; i < rows.size(); i++) {
      check(rows.get(i).theirs(), outcomes.get(i).get(0), rows.get(i));
    }
  }

  private void check(String expected, JqOutcome outcome, Row row) throws IOException {
    boolean isRefused = outcome.isRefused() || outcome.message().startsWith("not a jq program");
    switch (expected) {
      case "fails" ->
        assertThat(outcome.hasFailed() && !isRefused).as("%s", row).isTrue();
      case "refused" -> assertThat(isRefused).as("%s: %s", row, outcome).isTrue();
      default -> {
        assertThat(outcome.hasFailed()).as("%s: %s", row, outcome).isFalse();
        if (expected.endsWith(" results")) {
          assertThat(outcome.results() + "").as("%s", row).contains(",");
        } else {
          List<JsonNode> values = new ArrayList<>();
          mapper.readTree(expected).forEach(values::add);
          assertThat(outcome.agrees(JqOutcome.of(values)))
              .as("%s: %s", row, outcome)
              .isTrue();
        }
      }
    }
  }

  private static List<Row> rows() throws IOException {
    Path document = Path.of(System.getProperty("chatops.root", ".."), "docs", "jq.md");
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(document)) {
      Matcher row = ROW.matcher(line.replace("\\|", "\u0000"));
      if (row.matches()) {
        rows.add(new Row(row.group(1).replace('\u0000', '|'), row.group(2), row.group(3)));
      }
    }
    return rows;
  }
}
