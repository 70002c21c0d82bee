package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A map with something to compute in it; keys may hold references too. */
public record MapOf(List<Entry> entries) implements Expression {
  public record Entry(Expression key, Expression value) {}

  public MapOf {
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

  /** The values by their keys, when all keys are written out. */
  public Optional<Map<String, Expression>> byName() {
    Map<String, Expression> values = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (!(entry.key() instanceof Literal key)) {
        return Optional.empty();
      }
      values.put(JsonText.of(key.value(), ""), entry.value());
    }
    return Optional.of(values);
  }
}
