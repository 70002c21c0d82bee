package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;

/** A scope in which nothing has a value: every name is null. */
public final class EmptyScope implements Scope {
  @Override
  public JsonNode parameter(String name) {
    return NullNode.getInstance();
  }

  @Override
  public JsonNode taskOutputs(String task) {
    return NullNode.getInstance();
  }

  @Override
  public JsonNode taskResult(String task) {
    return NullNode.getInstance();
  }

  @Override
  public JsonNode pseudo(String name) {
    return NullNode.getInstance();
  }

  @Override
  public JsonNode stored(String reference) {
    return NullNode.getInstance();
  }
}
