package chatops.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chatops.engine.expression.function.Functions;
import chatops.engine.jq.Jq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every template of a corpus that nobody here wrote. */
class CorpusTest {
  @Test
  void every_template_parses_or_is_refused_for_a_known_reason() throws IOException {
    String corpus = System.getenv("CHATOPS_CORPUS");
    if (corpus == null) {
      System.out.println("corpus: skipped, CHATOPS_CORPUS is not set");
    }
    assumeTrue(corpus != null, "CHATOPS_CORPUS is not set");
    List<Path> files = templates(Path.of(corpus));
    Set<String> actions = files.stream()
        .map(file -> baseName(file).toLowerCase(java.util.Locale.ROOT))
        .collect(Collectors.toSet());
    TemplateParser parser = new TemplateParser(
        Functions.all(),
        new Jq(),
        action -> actions.contains(action.toLowerCase(java.util.Locale.ROOT)));
    Map<String, Integer> warnings = new TreeMap<>();
    Set<String> refused = new TreeSet<>();

    for (Path file : files) {
      Checked checked = parser.check(Files.readString(file), baseName(file), "v1");
      checked.warnings().forEach(w -> warnings.merge(w.code(), 1, Integer::sum));
      checked.errors().forEach(e -> refused.add(baseName(file) + ": " + e.code() + ": " + e));
    }

    System.out.println(
        "corpus: " + files.size() + " templates, refused " + refused + ", warnings " + warnings);
    assertThat(refused)
        .singleElement()
        .asString()
        .startsWith("ACS-ECS-InventoryDataCollection: format-version");
  }

  private static List<Path> templates(Path corpus) throws IOException {
    try (Stream<Path> files = Files.walk(corpus)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(ya?ml|json)"))
          .sorted()
          .toList();
    }
  }

  private static String baseName(Path file) {
    return file.getFileName().toString().replaceAll("\\.(ya?ml|json)$", "");
  }
}
