package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** A program run by jackson-jq. */
final class JacksonProgram implements Program {
  private final String text;
  private final JsonQuery query;
  private final Scope builtins;

  JacksonProgram(String text, JsonQuery query, Scope builtins) {
    this.text = text;
    this.query = query;
    this.builtins = builtins;
  }

  @Override
  public List<JsonNode> run(JsonNode input, Map<String, JsonNode> variables) {
    Scope scope = Scope.newChildScope(builtins);
    variables.forEach(scope::setValue);
    List<JsonNode> results = new ArrayList<>();
    try {
      query.apply(scope, input, results::add);
    } catch (JsonQueryException | RuntimeException failed) {
      throw new JqException("jq '" + text + "': " + failed.getMessage(), failed);
    } catch (StackOverflowError tooDeep) {
      throw new JqException("jq '" + text + "': recurses too deep", tooDeep);
    }
    return results;
  }
}
