package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import chatops.engine.expression.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code Fn::Select: [index, list]} or {@code [key, map]}; null when there is none. A key into a list of maps gives the list of that key's values. */
final class Select implements Function {
  @Override
  public String name() {
    return "Fn::Select";
  }

  @Override
  public boolean isPassing() {
    return true;
  }

  @Override
  public int least() {
    return 2;
  }

  @Override
  public int most() {
    return 2;
  }

  private static final Pattern INDEX = Pattern.compile("-?\\d{1,9}");

  @Override
  public JsonNode apply(Arguments arguments) {
    JsonNode key = arguments.value(0);
    // a table of what is fetched from elsewhere must not be fetched whole
    Optional<JsonNode> entry =
        key.isValueNode() ? arguments.entry(1, arguments.text(0)) : Optional.empty();
    if (entry.isPresent()) {
      return entry.get();
    }
    JsonNode from = arguments.value(1);
    JsonNode container =
        from.isTextual() ? JsonText.parseContainer(from.textValue()).orElse(from) : from;
    if (container.isObject()) {
      return orNull(container.path(arguments.text(0)));
    }
    if (container.isNull()) {
      return container;
    }
    if (!container.isArray()) {
      throw arguments.wrong(1, "a list or a map", from);
    }
    return isIndex(key)
        ? element(container, arguments.integer(0))
        : column(container, arguments.text(0));
  }

  private static boolean isIndex(JsonNode key) {
    return key.isNumber()
        || (key.isTextual() && INDEX.matcher(key.textValue().strip()).matches());
  }

  private static JsonNode element(JsonNode list, int index) {
    return orNull(list.path(index < 0 ? list.size() + index : index));
  }

  private static JsonNode column(JsonNode list, String key) {
    ArrayNode values = JsonNodeFactory.instance.arrayNode();
    list.forEach(element -> values.add(orNull(element.path(key))));
    return values;
  }

  private static JsonNode orNull(JsonNode value) {
    return value.isMissingNode() ? NullNode.getInstance() : value;
  }
}
