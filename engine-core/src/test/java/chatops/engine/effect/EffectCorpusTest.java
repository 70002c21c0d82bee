package chatops.engine.effect;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.catalog.DirectoryCatalog;
import chatops.engine.testkit.Cases;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Every call of the public templates that may change something has a reviewed class. */
@EnabledIfEnvironmentVariable(named = "CHATOPS_CORPUS", matches = ".+")
class EffectCorpusTest {
  private static final Set<String> CALLING =
      Set.of("acs::executeapi", "acs::waitfor", "acs::checkfor");

  private final EffectCatalog catalog = EffectCatalog.shipped();
  private final Set<String> mutating = new TreeSet<>();
  private final Set<String> unlisted = new TreeSet<>();

  @Test
  void every_mutating_api_of_the_corpus_is_listed() throws IOException {
    var corpus = new DirectoryCatalog(List.of(Path.of(System.getenv("CHATOPS_CORPUS"))));
    for (String name : corpus.names()) {
      look(Cases.tree(corpus.find(name, "").orElseThrow().text()));
    }

    System.out.println("corpus: " + mutating.size() + " mutating APIs, unlisted " + unlisted);
    assertThat(mutating).hasSizeGreaterThan(150);
    assertThat(unlisted).isEmpty();
  }

  private void look(JsonNode node) {
    String action = node.path("Action").asText("").toLowerCase(Locale.ROOT);
    JsonNode properties = node.path("Properties");
    if (CALLING.contains(action)) {
      String service = properties.path("Service").asText();
      String api = properties.path("API").asText();
      Effect effect = catalog.effect(service, api, properties.path("Method").asText(""));
      if (effect.effectClass() != EffectClass.READ) {
        mutating.add((service + "." + api).toLowerCase(Locale.ROOT));
        if (!effect.isListed()) {
          unlisted.add(service + "." + api);
        }
      }
    }
    node.forEach(this::look);
  }
}
