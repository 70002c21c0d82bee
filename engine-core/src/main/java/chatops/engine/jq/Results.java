package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** What a part of a program comes to. */
final class Results {
  private Results() {}

  static List<JsonNode> of(Expression expression, Scope scope, JsonNode input)
      throws JsonQueryException {
    List<JsonNode> results = new ArrayList<>();
    expression.apply(scope, input, results::add);
    return results;
  }
}
