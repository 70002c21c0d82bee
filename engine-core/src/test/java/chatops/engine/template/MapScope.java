package chatops.engine.template;

import chatops.engine.expression.Scope;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;

/** A scope written down in a case: {@code parameters}, {@code tasks: {name: {outputs, result}}}, {@code pseudo}, {@code stored}. */
final class MapScope implements Scope {
  /** What was asked of the parameter store, in order. */
  final List<String> fetched = new ArrayList<>();

  private final JsonNode values;

  MapScope(JsonNode values) {
    this.values = values;
  }

  @Override
  public JsonNode parameter(String name) {
    return orNull(values.path("parameters").path(name));
  }

  @Override
  public JsonNode taskOutputs(String task) {
    return orNull(values.path("tasks").path(task).path("outputs"));
  }

  @Override
  public JsonNode taskResult(String task) {
    return orNull(values.path("tasks").path(task).path("result"));
  }

  @Override
  public JsonNode pseudo(String name) {
    return orNull(values.path("pseudo").path(name));
  }

  @Override
  public JsonNode stored(String reference) {
    fetched.add(reference);
    return orNull(values.path("stored").path(reference));
  }

  private static JsonNode orNull(JsonNode value) {
    return value.isMissingNode() ? NullNode.getInstance() : value;
  }
}
