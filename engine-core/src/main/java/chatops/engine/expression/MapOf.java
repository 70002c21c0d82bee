package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
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

  /** The keys, when all of them are written out. */
  public Optional<List<String>> keys() {
    boolean areFixed = entries.stream().allMatch(e -> e.key() instanceof Literal);
    return areFixed
        ? Optional.of(entries.stream()
            .map(e -> JsonText.of(((Literal) e.key()).value(), ""))
            .toList())
        : Optional.empty();
  }
}
