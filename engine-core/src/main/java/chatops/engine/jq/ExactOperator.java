package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;

/**
 * Whole numbers added, subtracted and multiplied: exact as long as they fit, a double beyond; the library's wrap around.
 * Text times a number is that many copies, as many as the budget allows.
 */
record ExactOperator(BinaryOperator operator) implements BinaryOperator {
  @Override
  public JsonNode apply(ObjectMapper mapper, JsonNode left, JsonNode right)
      throws JsonQueryException {
    if (operator.image().equals("*")) {
      Budget.repeats(left, right);
      Budget.repeats(right, left);
    }
    if (!left.isIntegralNumber() || !right.isIntegralNumber()) {
      return operator.apply(mapper, left, right);
    }
    boolean fit = left.canConvertToLong() && right.canConvertToLong();
    try {
      return fit
          ? LongNode.valueOf(exact(left.longValue(), right.longValue()))
          : DoubleNode.valueOf(rounded(left.doubleValue(), right.doubleValue()));
    } catch (ArithmeticException tooLarge) {
      return DoubleNode.valueOf(rounded(left.doubleValue(), right.doubleValue()));
    }
  }

  static boolean covers(BinaryOperator operator) {
    return operator.image().equals("+")
        || operator.image().equals("-")
        || operator.image().equals("*");
  }

  private long exact(long left, long right) {
    return switch (operator.image()) {
      case "+" -> Math.addExact(left, right);
      case "-" -> Math.subtractExact(left, right);
      default -> Math.multiplyExact(left, right);
    };
  }

  private double rounded(double left, double right) {
    return switch (operator.image()) {
      case "+" -> left + right;
      case "-" -> left - right;
      default -> left * right;
    };
  }

  @Override
  public String image() {
    return operator.image();
  }
}
