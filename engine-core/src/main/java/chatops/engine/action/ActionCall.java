package chatops.engine.action;

import chatops.engine.expression.Expression;
import chatops.engine.expression.Scope;
import chatops.engine.id.ExecutionId;
import chatops.engine.notice.Links;
import chatops.engine.template.Task;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One turn of one task run, as its action sees it.
 *
 * @param regionId the execution's region
 * @param approvalId id that a question of this task run will have
 * @param state what the action remembered; empty at first; a copy, free to change
 * @param fired in a child of a trigger execution, the message that fired it; JSON null for a timer
 * @param reply what came of the effect asked for last; null when the turn has another reason
 */
public record ActionCall(
    ExecutionId execution,
    Task task,
    Scope scope,
    String regionId,
    String approvalId,
    ObjectNode state,
    @Nullable Reply reply,
    Instant now,
    Links links,
    @Nullable JsonNode fired) {

  /** An evaluated property, found in any letter case; JSON null when it is absent. */
  public JsonNode property(String name) {
    Expression exact = task.properties().get(name);
    if (exact != null) {
      return exact.evaluate(scope);
    }
    for (Map.Entry<String, Expression> entry : task.properties().entrySet()) {
      if (entry.getKey().equalsIgnoreCase(name)) {
        return entry.getValue().evaluate(scope);
      }
    }
    return NullNode.getInstance();
  }

  /** A property as text; empty when absent or null. */
  public String text(String name) {
    JsonNode value = property(name);
    return value.isNull() ? "" : value.isValueNode() ? value.asText() : value.toString();
  }
}
