package chatops.local.rehearsal;

import chatops.engine.catalog.TemplateCatalog;
import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiRequest;
import chatops.execution.aliyun.ParameterEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The worlds in which one unchanged template was run, the best first, and its mutants in the same worlds. */
final class MutantWorlds {
  /** A plan with what is laid down, and what the unchanged template did there. */
  private record World(Plan plan, Script script, Take take) {}

  private final TemplateCatalog.Source source;
  private final JsonNode document;
  private final Rehearsal rehearsal;
  private final List<Runnable> unexplored = new ArrayList<>();
  private final Director director;
  private final int most;
  private boolean isDeep;
  private final List<World> worlds = new ArrayList<>();

  /** @param most how many single changes of choices are tried */
  MutantWorlds(Documents documents, String name, ParameterEncoder encoder, int most) {
    this.most = most;
    this.document = documents.tree(name).orElseThrow();
    this.source = new TemplateCatalog.Source(name, "v1", document.toString());
    this.rehearsal = new Rehearsal(documents, source, Map.of(), encoder);
    director = new Director(rehearsal);
    Director.Found best = director.best();
    explore(best.plan(), Script.NONE);
    Map<String, Plan> plans = new LinkedHashMap<>();
    director.beside(best).forEach(plan -> plans.put("plan " + plans.size(), plan));
    Set<String> apis = new LinkedHashSet<>();
    best.take().calls().forEach(call -> apis.add(call.request().name()));
    apis.forEach(api -> unexplored.add(() -> explore(best.plan(), failing(api))));
    plans.values().stream()
        .limit(most)
        .forEach(plan -> unexplored.add(() -> explore(plan, Script.NONE)));
  }

  JsonNode document() {
    return document;
  }

  private void explore(Plan plan, Script script) {
    worlds.add(new World(plan, script, rehearsal.run(plan, script)));
  }

  private static Script failing(String api) {
    return new Script(
        Script.NONE.start(), () -> request -> refuse(api, request), People::willing, List::of, "");
  }

  private static Optional<JsonNode> refuse(String api, ApiRequest request) {
    if (request.name().equals(api)) {
      JsonNode body = JsonNodeFactory.instance.objectNode().put("Code", "OperationDenied");
      throw new ApiException(
          api, "OperationDenied", "no", "", 403, ApiException.Verdict.FINAL, body);
    }
    return Optional.empty();
  }

  /** The number of the first world in which the mutant does something else; empty when there is none. */
  Optional<Integer> told(Mutation mutation) {
    JsonNode changed = Mutations.with(document, mutation);
    TemplateCatalog.Source mutant =
        new TemplateCatalog.Source(source.name(), "mutant", changed.toString());
    for (int i = 0; i < worlds.size() + unexplored.size(); i++) {
      if (i >= worlds.size()) {
        unexplored.remove(0).run();
      }
      World world = worlds.get(i);
      if (unexplored.isEmpty() && !isDeep) {
        deepen(mutation.task());
      }
      boolean isThere = i == 0
          || world.take().tasks().stream().anyMatch(task -> task.name().equals(mutation.task()));
      if (isThere && !seen(world.take()).equals(seen(run(world, mutant)))) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** Goes on from the first world in which the task succeeded, if it did not on the main path. */
  private void deepen(String task) {
    isDeep = true;
    worlds.stream()
        .filter(world -> world.take().finished().contains(task))
        .findFirst()
        .filter(world -> world != worlds.get(0))
        .ifPresent(world -> director.beside(new Director.Found(world.plan(), world.take())).stream()
            .limit(most)
            .forEach(plan -> unexplored.add(() -> explore(plan, world.script()))));
  }

  /** Whether the unchanged template does the same twice. */
  boolean isRepeatable() {
    World world = worlds.get(0);
    return seen(world.take()).equals(seen(run(world, source)));
  }

  private Take run(World world, TemplateCatalog.Source played) {
    return rehearsal.run(world.plan(), world.script(), played, new Recording(world.take()));
  }

  /** What a user sees of a run: status, tasks and calls. */
  private static String seen(Take take) {
    return take.status()
        + take.tasks().stream()
            .map(task -> "\n" + task.path() + task.name() + task.action() + task.status()
                + task.loopItem() + task.outputs())
            .collect(Collectors.joining())
        + take.calls().stream()
            .map(call -> "\n" + call.task() + call.request() + call.code())
            .collect(Collectors.joining());
  }
}
