package chatops.engine.template;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.expression.PseudoParameters;
import chatops.engine.expression.function.Aggregation;
import chatops.engine.expression.function.Functions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/language.md} names every construct that the program knows, and a file of cases that has it. */
class LanguageDocumentTest {
  private static final Pattern ROW =
      Pattern.compile("\\| (`?)(.+?)`? \\| [0-9.]+ \\| `([a-z]+/[a-z-]+\\.yaml)` \\|");
  private static final Path CASES = Path.of("src/test/resources/cases");

  /** @param isWord a construct by its own name, otherwise a rule by the beginning of a case's name */
  private record Row(String construct, boolean isWord, String file) {}

  @Test
  void every_row_names_a_file_that_has_cases_of_the_construct() throws IOException {
    List<String> lost = new ArrayList<>();

    for (Row row : rows()) {
      Path file = CASES.resolve(row.file());
      String cases = Files.exists(file) ? Files.readString(file) : "";
      Pattern construct = row.isWord()
          ? Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(row.construct()) + "(?![A-Za-z0-9])")
          : Pattern.compile("name: [\"']?" + Pattern.quote(row.construct()));
      if (!construct.matcher(cases).find()) {
        lost.add(row.construct() + " in " + row.file());
      }
    }

    assertThat(lost).isEmpty();
  }

  @Test
  void whatever_the_program_knows_is_documented() throws IOException {
    Set<String> known = new TreeSet<>(Functions.all().keySet());
    known.addAll(Aggregation.TYPES);
    known.addAll(Shape.names());
    known.addAll(TaskReader.KEYS);
    known.addAll(TemplateParser.KEYS);
    known.addAll(ParameterParser.KEYS);
    // read for old templates, without any meaning of its own
    known.remove("Required");
    PseudoParameters.ALL.forEach(name -> known.add("ACS::" + name));

    Set<String> documented =
        rows().stream().map(Row::construct).collect(Collectors.toCollection(TreeSet::new));

    assertThat(documented).containsAll(known);
  }

  @Test
  void every_file_of_cases_is_named() throws IOException {
    Set<String> named = rows().stream().map(Row::file).collect(Collectors.toSet());
    try (var files = Files.walk(CASES)) {
      Set<String> kinds = files
          .filter(Files::isRegularFile)
          .map(file -> CASES.relativize(file).getName(0).toString())
          .collect(Collectors.toCollection(TreeSet::new));
      // what a selector, a match or an address does, jq.md and the sections say
      kinds.removeAll(Set.of("selector", "matching"));
      assertThat(named.stream().map(file -> file.substring(0, file.indexOf('/'))))
          .containsAll(kinds);
    }
  }

  private static List<Row> rows() throws IOException {
    Path document = Path.of(System.getProperty("chatops.root", ".."), "docs", "language.md");
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(document)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.add(new Row(row.group(2), !row.group(1).isEmpty(), row.group(3)));
      }
    }
    assertThat(rows).hasSizeGreaterThan(150);
    return rows;
  }
}
