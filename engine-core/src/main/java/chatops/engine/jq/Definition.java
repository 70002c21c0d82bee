package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.JsonQueryFunction;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParser;
import net.thisptr.jackson.jq.path.Path;
import org.jspecify.annotations.Nullable;

/** A function defined in jq, compiled when it is first called: most programs call few, and a cold start waits for none. */
final class Definition implements Function {
  private static final Pattern FORM =
      Pattern.compile("def ([@a-zA-Z0-9_]+)(?:\\(([^)]*)\\))?: (.*);");

  private final String name;
  private final List<String> arguments;
  private final String body;
  private final Scope scope;
  private final Supplier<Budget> budgets;
  private volatile @Nullable Function compiled;

  /** @param line {@code def name(arguments): body;} */
  Definition(String line, Scope scope, Supplier<Budget> budgets) {
    Matcher parts = FORM.matcher(line);
    if (!parts.matches()) {
      throw new IllegalStateException("not a definition: " + line);
    }
    String written = Objects.requireNonNullElse(parts.group(2), "");
    this.name = parts.group(1);
    this.arguments = written.isEmpty() ? List.of() : List.of(written.split("; "));
    this.body = parts.group(3);
    this.scope = scope;
    this.budgets = budgets;
  }

  void define() {
    scope.addFunction(name, arguments.size(), this);
  }

  @Override
  public void apply(
      Scope at,
      List<Expression> args,
      JsonNode input,
      @Nullable Path path,
      PathOutput output,
      Version version)
      throws JsonQueryException {
    Function function = compiled;
    if (function == null) {
      function = compile();
      compiled = function;
    }
    function.apply(at, args, input, path, output, version);
  }

  private Function compile() throws JsonQueryException {
    Function function = new JsonQueryFunction(
        name, arguments, ExpressionParser.compile(body, Versions.JQ_1_6), scope);
    new Tree(budgets).guardFields(function);
    return function;
  }
}
