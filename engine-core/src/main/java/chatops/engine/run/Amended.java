package chatops.engine.run;

import chatops.engine.expression.Expression;
import chatops.engine.expression.JsonText;
import chatops.engine.expression.Literal;
import chatops.engine.expression.Scope;
import chatops.engine.template.Task;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A task with what a person changed about it: properties by name, and whatever else is named as one of its parameters. */
final class Amended {
  private static final String PARAMETERS = "Parameters";

  private Amended() {}

  static Task task(Task task, @Nullable ObjectNode changes) {
    if (changes == null || changes.isEmpty()) {
      return task;
    }
    Map<String, Expression> properties = new LinkedHashMap<>(task.properties());
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    boolean isProductAction = task.action().split("::", -1).length > 2;
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      Optional<String> property = property(task, change.getKey());
      if (property.isPresent() || isProductAction) {
        properties.put(property.orElse(change.getKey()), new Literal(change.getValue()));
      } else {
        parameters.set(change.getKey(), change.getValue());
      }
    }
    if (!parameters.isEmpty()) {
      String name = property(task, PARAMETERS).orElse(PARAMETERS);
      properties.put(name, new Overlaid(properties.get(name), parameters));
    }
    return task.with(properties);
  }

  static Optional<String> property(Task task, String name) {
    return task.properties().keySet().stream().filter(name::equalsIgnoreCase).findFirst();
  }

  /** A map with some of its values replaced. */
  private record Overlaid(@Nullable Expression under, ObjectNode over) implements Expression {
    @Override
    public JsonNode evaluate(Scope scope) {
      JsonNode given =
          under == null ? JsonNodeFactory.instance.objectNode() : under.evaluate(scope);
      JsonNode map =
          given.isTextual() ? JsonText.parseContainer(given.textValue()).orElse(given) : given;
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      map.properties().forEach(e -> result.set(e.getKey(), e.getValue()));
      over.properties().forEach(e -> {
        String name = result.properties().stream()
            .map(Map.Entry::getKey)
            .filter(e.getKey()::equalsIgnoreCase)
            .findFirst()
            .orElse(e.getKey());
        result.set(name, e.getValue());
      });
      return result;
    }
  }
}
