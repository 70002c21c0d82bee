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
import net.thisptr.jackson.jq.path.Path;
import org.jspecify.annotations.Nullable;

/** {@code setpath} with a bound on the indexes in its path. */
final class BoundedPath implements Function {
  private final Function setting;
  private final Supplier<Budget> budgets;

  BoundedPath(Function setting, Supplier<Budget> budgets) {
    this.setting = setting;
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
    Budget budget = budgets.get();
    args.get(0).apply(scope, input, budget::indexes);
    setting.apply(scope, args, input, path, output, version);
  }
}
