package chatops.engine.template;

import chatops.engine.expression.Expression;
import chatops.engine.expression.Fault;
import chatops.engine.expression.Literal;
import chatops.engine.expression.Spelling;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** What a template declares, collected before anything in it is compiled, and what of it was used. */
final class Declarations {
  /**
   * @param outputs declared outputs and loop aggregates
   * @param leadsBackTo earlier tasks, and itself, that a jump backwards lets run after it
   */
  record DeclaredTask(String name, int index, Set<String> outputs, Set<Integer> leadsBackTo) {
    /** One that has run whatever comes now. */
    DeclaredTask before() {
      return new DeclaredTask(name, -1, outputs, leadsBackTo);
    }
  }

  final Set<String> parameters = new LinkedHashSet<>();
  final Set<String> usedParameters = new HashSet<>();
  final Map<String, JsonNode> conditions = new LinkedHashMap<>();
  final Map<String, DeclaredTask> tasks = new LinkedHashMap<>();

  private final Findings findings;
  private final Map<String, Expression> compiledConditions = new LinkedHashMap<>();
  private final List<String> openConditions = new ArrayList<>();
  private BiFunction<JsonNode, String, Expression> conditionCompiler =
      (value, pointer) -> new Literal(value);

  Declarations(Findings findings) {
    this.findings = findings;
  }

  void compileConditionsBy(BiFunction<JsonNode, String, Expression> compiler) {
    conditionCompiler = compiler;
  }

  /** Notes the names and outputs of a list of tasks; the first of two equal names counts. */
  static Map<String, DeclaredTask> declare(JsonNode tasks) {
    Map<String, DeclaredTask> declared = new LinkedHashMap<>();
    List<Set<Integer>> backwards = BackwardJumps.of(tasks);
    int index = 0;
    for (JsonNode task : tasks) {
      Set<String> outputs = new LinkedHashSet<>();
      task.path("Outputs").fieldNames().forEachRemaining(outputs::add);
      task.path("Loop").path("Outputs").fieldNames().forEachRemaining(outputs::add);
      String name = task.path("Name").asText();
      declared.putIfAbsent(name, new DeclaredTask(name, index, outputs, backwards.get(index)));
      index++;
    }
    return declared;
  }

  /** The compiled condition, or empty when none is so named. */
  Optional<Expression> condition(String name) {
    Optional<String> known = Spelling.find(conditions.keySet(), name);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    String declared = known.get();
    Optional<Expression> compiled = Optional.ofNullable(compiledConditions.get(declared));
    if (compiled.isPresent()) {
      return compiled;
    }
    String pointer = "/Conditions/" + declared;
    if (openConditions.contains(declared)) {
      findings.add(
          Fault.CYCLE,
          pointer,
          "conditions need each other: " + String.join(" → ", openConditions) + " → " + declared,
          "let one of them not name the others");
      return Optional.of(new Literal(NullNode.getInstance()));
    }
    openConditions.add(declared);
    Expression expression =
        conditionCompiler.apply(conditions.getOrDefault(declared, NullNode.getInstance()), pointer);
    openConditions.remove(declared);
    compiledConditions.put(declared, expression);
    return Optional.of(expression);
  }
}
