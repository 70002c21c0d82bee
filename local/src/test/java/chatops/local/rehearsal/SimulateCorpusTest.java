package chatops.local.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chatops.local.lint.TemplateFolder;
import chatops.local.simulate.Simulated;
import chatops.local.simulate.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Templates that nobody here wrote, run to their ends where they lie: the directory {@code CHATOPS_CORPUS} names. */
class SimulateCorpusTest {
  private static final String CORPUS = System.getenv().getOrDefault("CHATOPS_CORPUS", "");
  private static final Path DOCUMENT =
      Path.of(System.getProperty("chatops.root", ".."), "docs", "compatibility.md");
  private static final Pattern SECTION =
      Pattern.compile("## Do not simulate to Success\\n(.*?)(?=\\n## |\\z)", Pattern.DOTALL);
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\w+) \\| `([^`]+)` \\|");

  private int simulated;

  @BeforeEach
  void skip_without_corpus() {
    assumeTrue(!CORPUS.isEmpty(), "CHATOPS_CORPUS is not set");
  }

  @Test
  void every_eighth_template_succeeds_or_is_named_by_the_document() throws IOException {
    assertThat(documented()).containsAll(others(8));
  }

  @Test
  @Tag("long")
  void at_least_99_of_100_succeed_and_the_document_names_the_others() throws IOException {
    Set<String> others = others(1);

    System.out.println("long-job: simulation of the corpus seed=0 count=" + simulated + " success="
        + (simulated - others.size()));
    assertThat(simulated).isGreaterThan(400);
    assertThat((simulated - others.size()) * 100.0 / simulated).isGreaterThanOrEqualTo(99.0);
    assertThat(others).isEqualTo(documented());
  }

  /** Names and statuses of those that do not succeed, of every {@code step}th template. */
  private Set<String> others(int step) {
    long start = System.nanoTime();
    List<Path> files = new ArrayList<>(TemplateFolder.files(Path.of(CORPUS)));
    List<Path> chosen = IntStream.range(0, files.size())
        .filter(number -> number % step == 0)
        .mapToObj(files::get)
        .toList();
    Map<String, Simulated> others = new TreeMap<>();
    new Simulator(chosen, List.of(Path.of(CORPUS, "product-actions")), Map.of(), Optional.empty())
        .run(new Simulator.Listener() {
          @Override
          public void simulated(Simulated one) {
            simulated++;
            if (!one.status().equals(Simulated.SUCCESS)) {
              others.put(name(one.file()) + " " + one.status(), one);
            }
          }

          @Override
          public void passedOver(Path file) {}
        });
    System.out.println("simulation of the corpus: " + simulated + " templates in "
        + (System.nanoTime() - start) / 1_000_000 + " ms");
    others.forEach((name, other) -> System.out.println("  " + name + " — " + other.reason()));
    return new TreeSet<>(others.keySet());
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static TreeSet<String> documented() throws IOException {
    var section = SECTION.matcher(Files.readString(DOCUMENT));
    assertThat(section.find()).as("a section of templates that do not succeed").isTrue();
    return new TreeSet<>(ROW.matcher(section.group(1))
        .results()
        .map(row -> row.group(2) + " " + row.group(1))
        .toList());
  }
}
