package chatops.engine.template;

import chatops.engine.expression.Equality;
import chatops.engine.expression.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks a value of the right type against what its parameter allows. */
final class Constraints {
  private Constraints() {}

  /** What was expected instead, or empty when the value is allowed. */
  static Optional<String> broken(Parameter parameter, JsonNode value) {
    return listed(parameter, value)
        .or(() -> pattern(parameter, value))
        .or(() -> length(parameter, value))
        .or(() -> range(parameter, value));
  }

  private static Optional<String> listed(Parameter parameter, JsonNode value) {
    List<JsonNode> allowed = parameter.allowedValues();
    if (allowed.isEmpty() || isOneOf(value, allowed)) {
      return Optional.empty();
    }
    boolean everyElement = value.isArray();
    for (JsonNode element : value) {
      everyElement &= isOneOf(element, allowed);
    }
    return everyElement
        ? Optional.empty()
        : Optional.of("one of "
            + String.join(
                ", ", allowed.stream().map(v -> JsonText.of(v, "null")).toList()));
  }

  private static boolean isOneOf(JsonNode value, List<JsonNode> allowed) {
    return allowed.stream().anyMatch(element -> Equality.lenient(value, element));
  }

  private static Optional<String> pattern(Parameter parameter, JsonNode value) {
    if (parameter.allowedPattern() == null || !value.isTextual()) {
      return Optional.empty();
    }
    return parameter.allowedPattern().matcher(value.textValue()).matches()
        ? Optional.empty()
        : Optional.of("text that matches " + parameter.allowedPattern());
  }

  private static Optional<String> length(Parameter parameter, JsonNode value) {
    if (!value.isTextual() && !value.isArray()) {
      return Optional.empty();
    }
    int length = value.isArray()
        ? value.size()
        : value.textValue().codePointCount(0, value.textValue().length());
    String unit = value.isArray() ? " elements" : " characters";
    @Nullable Integer least = parameter.minLength();
    @Nullable Integer most = parameter.maxLength();
    if (least != null && length < least) {
      return Optional.of("at least " + least + unit);
    }
    return most != null && length > most ? Optional.of("at most " + most + unit) : Optional.empty();
  }

  private static Optional<String> range(Parameter parameter, JsonNode value) {
    if (!value.isNumber()) {
      return Optional.empty();
    }
    BigDecimal number = value.decimalValue();
    @Nullable BigDecimal least = parameter.minValue();
    @Nullable BigDecimal most = parameter.maxValue();
    if (least != null && number.compareTo(least) < 0) {
      return Optional.of("a number from " + least.toPlainString());
    }
    return most != null && number.compareTo(most) > 0
        ? Optional.of("a number up to " + most.toPlainString())
        : Optional.empty();
  }
}
