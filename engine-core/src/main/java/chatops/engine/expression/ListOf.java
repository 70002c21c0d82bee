package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** A list with something to compute in it. */
record ListOf(List<Expression> elements) implements Expression {
  ListOf {
    elements = List.copyOf(elements);
  }

  @Override
  public JsonNode evaluate(Scope scope) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode(elements.size());
    elements.forEach(element -> list.add(element.evaluate(scope)));
    return list;
  }
}
