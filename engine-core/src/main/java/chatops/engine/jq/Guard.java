package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Supplier;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;
import org.jspecify.annotations.Nullable;

/** One part of a program, charged to the budget of the run it is evaluated in. */
final class Guard implements Expression {
  /** What the values that come out of a part are checked for. */
  enum Kind {
    READS,
    BUILDS,
    INDEXES
  }

  private final Expression guarded;
  private final Kind kind;
  private final Supplier<Budget> budgets;

  Guard(Expression guarded, Kind kind, Supplier<Budget> budgets) {
    this.guarded = guarded;
    this.kind = kind;
    this.budgets = budgets;
  }

  @Override
  public void apply(
      Scope scope, JsonNode input, @Nullable Path path, PathOutput output, boolean requirePath)
      throws JsonQueryException {
    Budget budget = budgets.get();
    budget.step();
    guarded.apply(
        scope,
        input,
        path,
        (value, valuePath) -> {
          budget.step();
          check(budget, input, value);
          output.emit(value, valuePath);
        },
        requirePath);
  }

  @SuppressWarnings("ReferenceEquality") // a value handed on is not a value made
  private void check(Budget budget, JsonNode input, JsonNode value) {
    switch (kind) {
      case READS -> {}
      case BUILDS -> {
        if (value != input) {
          budget.builds(value);
        }
      }
      case INDEXES -> budget.indexes(value);
    }
  }

  @Override
  public String toString() {
    return guarded.toString();
  }
}
