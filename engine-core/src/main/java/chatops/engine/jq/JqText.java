package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;

/**
 * JSON text as jq 1.6 writes it: the shortest digits of a number, an exponent only for very large and small ones, null for
 * what is no number. Whole numbers too large for a double keep their digits, which jq's lose.
 */
final class JqText {
  private static final int MOST_ZEROS = 15;

  private JqText() {}

  /** Text as it is, everything else as JSON. */
  static String plain(JsonNode value) {
    return value.isTextual() ? value.textValue() : json(value);
  }

  static String json(JsonNode value) {
    StringBuilder text = new StringBuilder();
    write(value, text);
    return text.toString();
  }

  private static void write(JsonNode value, StringBuilder text) {
    if (value.isArray()) {
      String separator = "[";
      for (JsonNode element : value) {
        write(element, text.append(separator));
        separator = ",";
      }
      text.append(value.isEmpty() ? "[]" : "]");
    } else if (value.isObject()) {
      String separator = "{";
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        text.append(separator).append(TextNode.valueOf(field.getKey())).append(':');
        write(field.getValue(), text);
        separator = ",";
      }
      text.append(value.isEmpty() ? "{}" : "}");
    } else if (value.isNumber() && !value.isIntegralNumber()) {
      text.append(number(value.doubleValue()));
    } else {
      text.append(value.isMissingNode() ? "null" : value.toString());
    }
  }

  static String number(double number) {
    if (Double.isNaN(number)) {
      return "null";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    double finite = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, number));
    BigDecimal shortest = shortest(Math.abs(finite));
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    String sign = finite < 0 ? "-" : "";
    if (point <= -4 || point > digits.length() + MOST_ZEROS) {
      String more = digits.length() > 1 ? "." + digits.substring(1) : "";
      int exponent = point - 1;
      return sign + digits.charAt(0) + more + "e" + (exponent < 0 ? "-" : "+")
          + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }
    return sign + shortest.toPlainString();
  }

  private static BigDecimal shortest(double number) {
    BigDecimal exact = new BigDecimal(number);
    for (int digits = 15; digits < 17; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == number) {
        return rounded.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(17)).stripTrailingZeros();
  }
}
