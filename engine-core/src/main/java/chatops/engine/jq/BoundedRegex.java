package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.OnigUtils;
import net.thisptr.jackson.jq.path.Path;
import org.joni.Matcher;
import org.joni.Option;
import org.jspecify.annotations.Nullable;

/**
 * A regular-expression function that first searches under the run's time limit: jackson-jq's own search cannot be stopped,
 * and a pattern may come from a parameter.
 */
final class BoundedRegex implements Function {
  private final Function searching;
  private final Supplier<Budget> budgets;

  BoundedRegex(Function searching, Supplier<Budget> budgets) {
    this.searching = searching;
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
    if (input.isTextual()) {
      byte[] text = input.textValue().getBytes(StandardCharsets.UTF_8);
      for (JsonNode pattern : Results.of(args.get(0), scope, input)) {
        for (JsonNode flag : Results.of(args.get(1), scope, input)) {
          if (pattern.isTextual() && (flag.isTextual() || flag.isNull())) {
            rehearse(
                new OnigUtils.Pattern(pattern.textValue(), flag.isNull() ? null : flag.textValue()),
                text);
          }
        }
      }
    }
    searching.apply(scope, args, input, path, output, version);
  }

  private void rehearse(OnigUtils.Pattern pattern, byte[] text) {
    Budget budget = budgets.get();
    int start = 0;
    try {
      while (start <= text.length) {
        budget.step();
        Matcher matcher = pattern.regex.matcher(text);
        matcher.setTimeout(budget.remaining());
        if (matcher.searchInterruptible(start, text.length, Option.NONE) < 0) {
          return;
        }
        start = Math.max(start + 1, matcher.getEnd());
      }
    } catch (InterruptedException tooLong) {
      budget.remaining();
      throw new Budget.Exceeded("was interrupted in a regular expression");
    }
  }
}
