package chatops.local.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chatops.engine.catalog.DirectoryCatalog;
import chatops.engine.expression.function.Functions;
import chatops.engine.jq.Jq;
import chatops.engine.template.TemplateParser;
import chatops.execution.aliyun.ParameterEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Simulation is no tautology: a changed template that meets the world of the unchanged one does something else, or lint
 * refuses it.
 */
class MutantCorpusTest {
  private static final String CORPUS = System.getenv().getOrDefault("CHATOPS_CORPUS", "");
  private static final long SEED = 20_261_121;

  private final Map<String, Integer> tally = new TreeMap<>();
  private final List<String> survivors = new ArrayList<>();

  @Test
  void mutants_do_something_else() {
    int told = run(12, 10);

    assertThat(told).as("survivors %s", survivors).isGreaterThanOrEqualTo(9);
  }

  @Test
  @Tag("long")
  void of_two_hundred_mutants_at_least_190_do_something_else() {
    int told = run(200, 150);

    System.out.println(
        "long-job: simulation mutants seed=" + SEED + " count=200 told=" + told + " " + tally);
    survivors.forEach(System.out::println);
    assertThat(told).as("survivors %s", survivors).isGreaterThanOrEqualTo(190);
  }

  private int run(int count, int most) {
    assumeTrue(!CORPUS.isEmpty(), "CHATOPS_CORPUS is not set");
    DirectoryCatalog catalog = new DirectoryCatalog(List.of(Path.of(CORPUS)));
    Documents documents = new Documents(catalog);
    TemplateParser lint = new TemplateParser(
        Functions.all(), new Jq(), action -> catalog.find(action, "").isPresent());
    ParameterEncoder encoder = new ParameterEncoder();
    Map<String, MutantWorlds> worlds = new HashMap<>();
    Set<String> done = new HashSet<>();
    Random random = new Random(SEED);
    int told = 0;
    while (done.size() < count) {
      String name = catalog.names().get(random.nextInt(catalog.names().size()));
      String kind = Mutations.KINDS.get(random.nextInt(Mutations.KINDS.size()));
      List<Mutation> possible = Mutations.of(documents.tree(name).orElseThrow()).stream()
          .filter(mutation -> mutation.kind().equals(kind))
          .toList();
      int pick = random.nextInt(1_000_000);
      if (possible.isEmpty() || !RUNNABLE.test(documents, name)) {
        continue;
      }
      Mutation mutation = possible.get(pick % possible.size());
      if (!done.add(name + mutation)) {
        continue;
      }
      MutantWorlds tried =
          worlds.computeIfAbsent(name, n -> new MutantWorlds(documents, n, encoder, most));
      String changed = Mutations.with(tried.document(), mutation).toString();
      boolean isRefused = !lint.check(changed, name, "mutant").errors().isEmpty();
      Optional<Integer> where = isRefused ? Optional.empty() : tried.told(mutation);
      String how = isRefused
          ? "refused by lint"
          : where.map(i -> i == 0 ? "told on the main path" : "told beside it").orElse("survived");
      tally.merge(kind + " " + how, 1, Integer::sum);
      if (how.equals("survived")) {
        survivors.add(name + ": " + mutation);
      } else {
        told++;
      }
    }
    return told;
  }

  private interface Runnable {
    boolean test(Documents documents, String name);
  }

  private static final Runnable RUNNABLE = (documents, name) -> {
    try {
      documents.template(documents.catalog().find(name, "").orElseThrow());
      return true;
    } catch (chatops.engine.EngineException refused) {
      return false;
    }
  };
}
