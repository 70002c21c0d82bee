package chatops.engine.action.builtin;

import chatops.engine.action.Action;
import chatops.engine.action.ActionCall;
import chatops.engine.action.Outcome;
import chatops.engine.expression.ExpressionException;
import chatops.engine.expression.JsonText;
import chatops.engine.jq.Jq;
import chatops.engine.jq.JqException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * {@code ACS::EventTrigger} and {@code ACS::AlarmTrigger}: start a child for every event or alarm that somebody delivers and that the
 * properties let through (specification 7.12 and 7.13). The message, or what OutputTransformer makes of it, is the
 * child's result of this task.
 */
final class MessageTrigger implements Action {
  private final String name;
  private final List<String> filters;
  private final Jq jq;

  /** @param filters properties that messages are held against */
  MessageTrigger(String name, List<String> filters, Jq jq) {
    this.name = name;
    this.filters = List.copyOf(filters);
    this.jq = jq;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean mayLoop() {
    return false;
  }

  @Override
  public Outcome turn(ActionCall call) {
    if (call.fired() != null) {
      return new Outcome.Done(result(call, call.fired()));
    }
    ObjectNode state = call.state();
    if (state.isEmpty()) {
      ObjectNode filter = state.putObject("filter");
      for (String property : filters) {
        JsonNode value = call.property(property);
        JsonNode parsed =
            value.isTextual() ? JsonText.parseContainer(value.textValue()).orElse(value) : value;
        if (!parsed.isNull() && !(parsed.isContainerNode() && parsed.isEmpty())) {
          filter.set(property, parsed);
        }
      }
    }
    return new Outcome.Watch(null, null, state);
  }

  private JsonNode result(ActionCall call, JsonNode message) {
    JsonNode given = call.property("OutputTransformer");
    JsonNode shape =
        given.isTextual() ? JsonText.parseContainer(given.textValue()).orElse(given) : given;
    boolean isNone = shape.isNull() || (shape.isContainerNode() && shape.isEmpty());
    boolean isBlank = shape.isTextual() && shape.textValue().isBlank();
    return isNone || isBlank ? message : transformed(shape, message);
  }

  private JsonNode transformed(JsonNode shape, JsonNode message) {
    if (shape.isTextual() && shape.textValue().startsWith(".")) {
      return selected(shape.textValue(), message);
    }
    if (shape.isObject()) {
      ObjectNode made = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> entry : shape.properties()) {
        made.set(entry.getKey(), transformed(entry.getValue(), message));
      }
      return made;
    }
    if (shape.isArray()) {
      var made = JsonNodeFactory.instance.arrayNode();
      shape.forEach(element -> made.add(transformed(element, message)));
      return made;
    }
    return shape;
  }

  private JsonNode selected(String path, JsonNode message) {
    try {
      List<JsonNode> found = jq.selector(path).run(message, Map.of());
      return found.isEmpty() ? NullNode.getInstance() : found.get(0);
    } catch (JqException e) {
      throw new ExpressionException("OutputTransformer, '" + path + "': " + e.getMessage(), e);
    }
  }
}
