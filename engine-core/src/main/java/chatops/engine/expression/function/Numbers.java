package chatops.engine.expression.function;

import chatops.engine.expression.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.math.BigDecimal;
import java.util.Optional;

/** Numbers as values. */
final class Numbers {
  private static final BigDecimal LARGEST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  private Numbers() {}

  /** A number, or the text of one. */
  static Optional<BigDecimal> of(JsonNode value) {
    Optional<JsonNode> number =
        value.isTextual() ? JsonText.parse(value.textValue()) : Optional.of(value);
    return number.filter(JsonNode::isNumber).map(JsonNode::decimalValue);
  }

  /** Whole numbers without a fraction, so {@code 2.0} prints as 2. */
  static JsonNode node(BigDecimal number) {
    boolean isWhole = number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    if (!isWhole || number.abs().compareTo(LARGEST_LONG) > 0) {
      return DecimalNode.valueOf(number);
    }
    long whole = number.longValueExact();
    return whole == (int) whole ? IntNode.valueOf((int) whole) : LongNode.valueOf(whole);
  }
}
