package chatops.local.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chatops.engine.EngineException;
import chatops.engine.catalog.DirectoryCatalog;
import chatops.engine.catalog.TemplateCatalog;
import chatops.engine.run.Library;
import chatops.engine.run.Suitability;
import chatops.engine.run.Templates;
import chatops.engine.store.memory.InMemoryExecutionStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code docs/compatibility.md} names exactly the public templates that this version refuses to start. */
class CompatibilityCorpusTest {
  private static final String CORPUS = System.getenv().getOrDefault("CHATOPS_CORPUS", "");
  private static final Path DOCUMENT =
      Path.of(System.getProperty("chatops.root", ".."), "docs", "compatibility.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

  @BeforeEach
  void skip_without_corpus() {
    assumeTrue(!CORPUS.isEmpty(), "CHATOPS_CORPUS is not set");
  }

  @Test
  void the_document_names_exactly_the_templates_that_are_refused() throws IOException {
    TemplateCatalog corpus = new DirectoryCatalog(List.of(Path.of(CORPUS)));
    Library library =
        new Library(Templates.of(corpus), new InMemoryExecutionStore(InstantSource.system()));
    Suitability suitability = new Suitability(library);
    Set<String> refused = new TreeSet<>();

    for (String name : corpus.names()) {
      try {
        suitability.check(library.find(name, "").orElseThrow().template());
      } catch (EngineException reason) {
        System.out.println("refused at start: " + name + ": " + reason.getMessage());
        refused.add(name);
      }
    }

    Set<String> named = new TreeSet<>(ROW.matcher(Files.readString(DOCUMENT))
        .results()
        .map(row -> row.group(1))
        .toList());
    assertThat(named).isEqualTo(refused);
  }
}
