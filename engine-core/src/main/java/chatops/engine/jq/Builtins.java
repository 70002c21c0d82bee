package chatops.engine.jq;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.JsonQueryFunction;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParser;

/** The functions a program can call: jq 1.6's, under the run's budget and without the process's environment. */
final class Builtins {
  private record Definition(String name, List<String> arguments, String body) {}

  /** What jackson-jq lacks and can be said in jq. */
  private static final List<Definition> MORE = List.of(
      new Definition("repeat", List.of("f"), "def again: ., (f | again); again"),
      new Definition("isempty", List.of("g"), "[limit(1; g)] | length == 0"),
      new Definition("IN", List.of("s"), ". as $x | any(s; . == $x)"),
      new Definition("IN", List.of("src", "s"), "any(src; IN(s))"),
      new Definition(
          "INDEX", List.of("s", "f"), "reduce s as $row ({}; .[$row | f | tostring] = $row)"),
      new Definition("INDEX", List.of("f"), "INDEX(.[]; f)"),
      new Definition("todate", List.of(), "todateiso8601"),
      new Definition("fromdate", List.of(), "fromdateiso8601"),
      new Definition("fabs", List.of(), "if . < 0 then -. else . end"),
      new Definition("trunc", List.of(), "if . < 0 then ceil else floor end"));

  private final Scope scope = Scope.newEmptyScope();
  private final Set<String> names;

  Builtins(Supplier<Budget> budgets) {
    BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_6, scope);
    MORE.forEach(this::define);
    hideEnvironment();
    Map<String, Function> all = new TreeMap<>(scope.getLocalFunctions());
    names = all.keySet();
    Tree tree = new Tree(budgets);
    all.values().stream().filter(JsonQueryFunction.class::isInstance).forEach(tree::guardFields);
    replace(all, "_match_impl", function -> new BoundedRegex(function, 1, budgets), 3);
    replace(all, "_sub_impl", function -> new BoundedRegex(function, 2, budgets), 3);
    replace(all, "setpath", function -> new BoundedPath(function, budgets), 2);
  }

  private void define(Definition definition) {
    try {
      Expression body = ExpressionParser.compile(definition.body(), Versions.JQ_1_6);
      scope.addFunction(
          definition.name(),
          definition.arguments().size(),
          new JsonQueryFunction(definition.name(), definition.arguments(), body, scope));
    } catch (JsonQueryException invalid) {
      throw new IllegalStateException("definition of " + definition.name(), invalid);
    }
  }

  // secrets live in the environment
  private void hideEnvironment() {
    scope.addFunction(
        "env",
        0,
        (at, args, input, path, output, version) ->
            output.emit(JsonNodeFactory.instance.objectNode(), null));
    scope.setValue("ENV", JsonNodeFactory.instance.objectNode());
  }

  private void replace(
      Map<String, Function> all, String name, UnaryOperator<Function> by, int arity) {
    Function original = all.get(name + "/" + arity);
    if (original == null) {
      throw new IllegalStateException(
          "jackson-jq has no function " + name + "; was the library replaced?");
    }
    scope.addFunction(name, arity, by.apply(original));
  }

  Scope scope() {
    return scope;
  }

  /** @param function as {@code name/arity} */
  boolean has(String function) {
    return names.contains(function);
  }
}
