package chatops.local.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chatops.engine.template.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Templates that nobody here wrote, checked where they lie: the directory {@code CHATOPS_CORPUS} names. */
class LintCorpusTest {
  private static final String CORPUS = System.getenv().getOrDefault("CHATOPS_CORPUS", "");

  // a state configuration: it has no tasks
  private static final Set<String> REFUSED =
      Set.of("ACS-ECS-InventoryDataCollection.yml format-version");

  @BeforeEach
  void skip_without_corpus() {
    assumeTrue(!CORPUS.isEmpty(), "CHATOPS_CORPUS is not set");
  }

  @Test
  void every_template_is_free_of_errors_but_the_state_configuration() {
    long start = System.nanoTime();
    Map<Path, List<Finding>> found =
        LintedFiles.findings(new Linter(List.of(Path.of(CORPUS)), List.of()));
    long millis = (System.nanoTime() - start) / 1_000_000;

    Set<String> refused = errors(found);
    System.out.println("lint of the corpus: " + found.size() + " templates in " + millis
        + " ms, refused " + refused);
    assertThat(found).hasSizeGreaterThan(400);
    assertThat(refused).isEqualTo(REFUSED);
  }

  @Test
  void public_templates_need_the_product_actions_as_a_catalogue_and_nothing_else() {
    List<Path> templates = List.of(Path.of(CORPUS, "public-templates"));

    Set<String> alone = errors(LintedFiles.findings(new Linter(templates, List.of())));
    Set<String> refused = errors(
        LintedFiles.findings(new Linter(templates, List.of(Path.of(CORPUS, "product-actions")))));

    assertThat(alone).hasSizeGreaterThan(50).anyMatch(each -> each.endsWith(" unknown-action"));
    assertThat(refused).isEqualTo(REFUSED);
  }

  private static Set<String> errors(Map<Path, List<Finding>> found) {
    Set<String> errors = new TreeSet<>();
    found.forEach((file, findings) -> findings.stream()
        .filter(finding -> finding.fault().isError())
        .forEach(finding -> errors.add(file.getFileName() + " " + finding.code())));
    return errors;
  }
}
