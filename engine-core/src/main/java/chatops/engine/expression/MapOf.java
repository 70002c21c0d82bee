package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A map with something to compute in it; keys may hold references too. */
record MapOf(List<Entry> entries) implements Expression {
  record Entry(Expression key, Expression value) {}

  MapOf {
    entries = List.copyOf(entries);
  }

  @Override
  public JsonNode evaluate(Scope scope) {
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    for (Entry entry : entries) {
      map.set(JsonText.of(entry.key().evaluate(scope), ""), entry.value().evaluate(scope));
    }
    return map;
  }
}
