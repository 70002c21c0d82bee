package chatops.engine.execution;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a looping task walks, fixed when it starts. What has happened is read from the item rows, never counted
 * separately.
 *
 * @param rateControl the evaluated RateControl object; JSON null for the default
 */
public record LoopPlan(List<JsonNode> items, JsonNode rateControl) {
  public LoopPlan {
    items = List.copyOf(items);
  }
}
