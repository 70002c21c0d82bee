package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** A compiled jq program. Immutable and thread-safe. */
public interface Program {
  /**
   * @param variables values the program reads as {@code $name}, keyed without the dollar sign
   * @return all results in order
   * @throws JqException when the program fails on this input or exceeds {@link Jq}'s limits
   */
  List<JsonNode> run(JsonNode input, Map<String, JsonNode> variables);
}
