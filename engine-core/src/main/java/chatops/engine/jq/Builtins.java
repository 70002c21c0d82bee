package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.internal.JsonQueryFunction;

/** The functions a program can call: jq 1.6's, under the run's budget and without the process's environment. */
final class Builtins {
  private final Scope scope = Scope.newEmptyScope();
  private final Set<String> names;

  Builtins(Supplier<Budget> budgets) {
    BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_6, scope);
    text("tojson", JqText::json);
    text("tostring", JqText::plain);
    textFirst("@html");
    textFirst("@uri");
    textFirst("@base64");
    scope.addFunction(
        "@base64d",
        0,
        (at, args, input, path, output, version) ->
            output.emit(JsonNodeFactory.instance.textNode(Base64Text.decoded(input)), null));
    Mathematics.addTo(scope);
    Calendar.addTo(scope);
    scope.addFunction("limit", 2, new Limit());
    lines()
        .filter(line -> line.startsWith("def "))
        .forEach(line -> new Definition(line, scope, budgets).define());
    hideEnvironment();
    Map<String, Function> all = new TreeMap<>(scope.getLocalFunctions());
    names = all.keySet();
    Tree tree = new Tree(budgets);
    all.values().stream().filter(JsonQueryFunction.class::isInstance).forEach(tree::guardFields);
    replace(all, "_match_impl", function -> new BoundedRegex(function, budgets), 3);
    replace(all, "_sub_impl", function -> new Substitution(budgets), 3);
    replace(all, "while", function -> new Rounds(function, Rounds.Kind.WHILE, budgets), 2);
    replace(all, "until", function -> new Rounds(function, Rounds.Kind.UNTIL, budgets), 2);
    replace(all, "repeat", function -> new Rounds(function, Rounds.Kind.REPEAT, budgets), 1);
    replace(all, "setpath", function -> new BoundedPath(function, budgets), 2);
  }

  private static Stream<String> lines() {
    try (InputStream definitions = Builtins.class.getResourceAsStream("builtins.jq")) {
      if (definitions == null) {
        throw new IllegalStateException("builtins.jq is not in the jar");
      }
      return new String(definitions.readAllBytes(), StandardCharsets.UTF_8).lines();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("builtins.jq", unreadable);
    }
  }

  private void text(String name, java.util.function.Function<JsonNode, String> text) {
    scope.addFunction(
        name,
        0,
        (at, args, input, path, output, version) ->
            output.emit(JsonNodeFactory.instance.textNode(text.apply(input)), null));
  }

  // so that numbers look as they do everywhere else
  private void textFirst(String name) {
    Function original = scope.getFunction(name, 0);
    scope.addFunction(
        name,
        0,
        (at, args, input, path, output, version) -> original.apply(
            at,
            args,
            JsonNodeFactory.instance.textNode(JqText.plain(input)),
            null,
            output,
            version));
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
