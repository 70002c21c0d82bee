package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Supplier;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.JsonNodeUtils;
import net.thisptr.jackson.jq.path.Path;
import org.jspecify.annotations.Nullable;

/** {@code while}, {@code until} and {@code repeat} without a level of the stack for each round, as long as a round has one result. */
final class Rounds implements Function {
  /** What a round does with its value. */
  enum Kind {
    WHILE,
    UNTIL,
    REPEAT
  }

  private final Function recursive;
  private final Kind kind;
  private final Supplier<Budget> budgets;

  /** @param recursive the same function for what has paths or several results */
  Rounds(Function recursive, Kind kind, Supplier<Budget> budgets) {
    this.recursive = recursive;
    this.kind = kind;
    this.budgets = budgets;
  }

  @Override
  public void apply(
      Scope scope,
      List<Expression> args,
      JsonNode input,
      @Nullable Path path,
      PathOutput output,
      Version version)
      throws JsonQueryException {
    if (path != null) {
      recursive.apply(scope, args, input, path, output, version);
      return;
    }
    JsonNode value = input;
    while (true) {
      budgets.get().step();
      if (kind != Kind.REPEAT) {
        List<JsonNode> conditions = Results.of(args.get(0), scope, value);
        if (conditions.size() != 1) {
          recursive.apply(scope, args, value, null, output, version);
          return;
        }
        boolean holds = JsonNodeUtils.asBoolean(conditions.get(0));
        if (holds == (kind == Kind.UNTIL)) {
          if (holds) {
            output.emit(value, null);
          }
          return;
        }
      }
      if (kind != Kind.UNTIL) {
        output.emit(value, null);
      }
      List<JsonNode> next = Results.of(args.get(args.size() - 1), scope, value);
      if (next.size() != 1) {
        for (JsonNode each : next) {
          apply(scope, args, each, null, output, version);
        }
        return;
      }
      value = next.get(0);
    }
  }
}
