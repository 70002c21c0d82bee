package chatops.local.rehearsal.synthesis;

import chatops.engine.expression.Equality;
import chatops.engine.template.Parameter;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/** Whether a declaration allows a value, so that nothing is tried that the engine must refuse. */
final class Allowance {
  private Allowance() {}

  static boolean allows(Parameter parameter, JsonNode value) {
    return hasType(parameter.type(), value)
        && isListed(parameter.allowedValues(), value)
        && matches(parameter.allowedPattern(), value)
        && isLongEnough(parameter, value)
        && isInRange(parameter, value);
  }

  private static boolean hasType(Parameter.Type type, JsonNode value) {
    return switch (type) {
      case STRING -> value.isValueNode() && !value.isNull();
      case NUMBER -> value.isNumber();
      case BOOLEAN -> value.isBoolean() || value.asText().matches("(?i)true|false");
      case LIST -> value.isArray();
      case JSON -> value.isContainerNode();
    };
  }

  private static boolean isListed(List<JsonNode> allowed, JsonNode value) {
    if (allowed.isEmpty() || allowed.stream().anyMatch(each -> Equality.lenient(each, value))) {
      return true;
    }
    boolean all = value.isArray();
    for (JsonNode element : value) {
      all &= allowed.stream().anyMatch(each -> Equality.lenient(each, element));
    }
    return all;
  }

  private static boolean matches(
      @org.jspecify.annotations.Nullable Pattern pattern, JsonNode value) {
    return pattern == null
        || !value.isTextual()
        || pattern.matcher(value.textValue()).matches();
  }

  private static boolean isLongEnough(Parameter parameter, JsonNode value) {
    if (!value.isTextual() && !value.isArray()) {
      return true;
    }
    int length = value.isArray() ? value.size() : value.textValue().length();
    Integer least = parameter.minLength();
    Integer most = parameter.maxLength();
    return (least == null || length >= least) && (most == null || length <= most);
  }

  private static boolean isInRange(Parameter parameter, JsonNode value) {
    if (!value.isNumber()) {
      return true;
    }
    BigDecimal number = value.decimalValue();
    BigDecimal least = parameter.minValue();
    BigDecimal most = parameter.maxValue();
    return (least == null || number.compareTo(least) >= 0)
        && (most == null || number.compareTo(most) <= 0);
  }
}
