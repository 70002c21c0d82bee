package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;
import org.jspecify.annotations.Nullable;

/**
 * {@code limit(n; f)} as in jq 1.6: a path where a path is wanted, nothing of {@code f} is evaluated after the last value, a
 * negative number is no limit, and 0 gives one value.
 */
final class Limit implements Function {
  /** Leaves {@code f}; no error, so that {@code try} lets it through. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Enough() {
      super(null, null, false, false);
    }
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
    args.get(0).apply(scope, input, number -> {
      if (!number.isNumber()) {
        throw new JsonQueryException("limit needs a number, found " + Jq.typeOf(number));
      }
      take(number.doubleValue(), args.get(1), scope, input, path, output);
    });
  }

  @SuppressWarnings(
      "ReferenceEquality") // of two limits inside each other, the one that is full ends
  private static void take(
      double most,
      Expression values,
      Scope scope,
      JsonNode input,
      @Nullable Path path,
      PathOutput output)
      throws JsonQueryException {
    Enough enough = new Enough();
    int[] taken = {0};
    try {
      values.apply(
          scope,
          input,
          path,
          (value, valuePath) -> {
            output.emit(value, valuePath);
            taken[0]++;
            if (most >= 0 && taken[0] >= most) {
              throw enough;
            }
          },
          path != null);
    } catch (Enough end) {
      if (end != enough) {
        throw end;
      }
    }
  }
}
