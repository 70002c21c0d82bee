package chatops.local.lint;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.expression.Fault;
import chatops.engine.template.Finding;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/lint.md} says what the program does: every code, and an example that really produces it. */
class LintDocumentTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("chatops.root", ".."), "docs", "lint.md");
  private static final Pattern ENTRY = Pattern.compile(
      "^### `([a-z-]+)` · (error|warning)$(.*?)(?=^##|\\z)", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern EXAMPLE =
      Pattern.compile("^```yaml ?(.*?)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern TIMES = Pattern.compile("last-line-(\\d+)-times");

  // found in an example besides its own code
  private static final Map<String, Set<String>> BESIDES =
      Map.of("too-many-tasks", Set.of("duplicate-name"));

  @TempDir
  Path folder = Path.of("");

  private record Entry(String code, String severity, String text) {}

  private static List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    Matcher found = ENTRY.matcher(Files.readString(DOCUMENT));
    while (found.find()) {
      entries.add(new Entry(found.group(1), found.group(2), found.group(3)));
    }
    return entries;
  }

  @Test
  void every_code_is_documented_once_with_its_severity() throws IOException {
    assertThat(entries().stream().map(entry -> entry.code() + " " + entry.severity()))
        .containsExactlyInAnyOrderElementsOf(Arrays.stream(Fault.values())
            .map(fault -> fault.code() + (fault.isError() ? " error" : " warning"))
            .toList());
  }

  @Test
  void every_code_tells_how_to_mend_it() throws IOException {
    assertThat(entries()).allSatisfy(entry -> assertThat(entry.text()).contains("\nMend: "));
  }

  @TestFactory
  Stream<DynamicTest> an_example_produces_its_code_and_nothing_else() throws IOException {
    return entries().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.code(), () -> produces(entry)));
  }

  private void produces(Entry entry) throws IOException {
    Matcher example = EXAMPLE.matcher(entry.text());
    assertThat(example.find()).as("a fenced yaml block").isTrue();

    List<Finding> findings = findings(example.group(1), example.group(2));

    Set<String> codes = new TreeSet<>(findings.stream().map(Finding::code).toList());
    assertThat(codes).as("%s", findings).contains(entry.code());
    codes.remove(entry.code());
    codes.remove(Fault.MISSING_RAM_ROLE.code());
    assertThat(codes).as("%s", findings).isEqualTo(BESIDES.getOrDefault(entry.code(), Set.of()));
  }

  private List<Finding> findings(String word, String example) throws IOException {
    Matcher times = TIMES.matcher(word);
    int lastLine = example.lastIndexOf('\n', example.length() - 2) + 1;
    String text = times.matches()
        ? example + example.substring(lastLine).repeat(Integer.parseInt(times.group(1)) - 1)
        : example;
    Charset charset =
        word.startsWith("saved-as-") ? Charset.forName(word.substring(9)) : StandardCharsets.UTF_8;
    Path file = Files.writeString(folder.resolve("example.yml"), text, charset);
    return LintedFiles.findings(new Linter(List.of(file), List.of())).getOrDefault(file, List.of());
  }
}
