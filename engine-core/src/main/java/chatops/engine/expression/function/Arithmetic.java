package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.ExpressionException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * One line of arithmetic: numbers, {@code + - * / // % **}, parentheses and one comparison, with Python's precedence and
 * floor rules. {@code ** } binds tighter than a sign on its left and takes exponents from -64 to 64.
 */
final class Arithmetic {
  private static final int LONGEST = 1_000;
  private static final int DEEPEST = 100;

  private final Arguments arguments;
  private final String text;
  private int at;
  private int depth;

  Arithmetic(Arguments arguments) {
    this.arguments = arguments;
    this.text = arguments.text(0);
    if (text.length() > LONGEST) {
      throw wrong("at most " + LONGEST + " characters");
    }
  }

  JsonNode value() {
    BigDecimal left = sum();
    String operator = comparison();
    if (operator.isEmpty()) {
      end();
      return Numbers.node(left);
    }
    int order = left.compareTo(sum());
    end();
    return BooleanNode.valueOf(
        switch (operator) {
          case "==" -> order == 0;
          case "!=" -> order != 0;
          case "<=" -> order <= 0;
          case ">=" -> order >= 0;
          case "<" -> order < 0;
          default -> order > 0;
        });
  }

  private String comparison() {
    for (String operator : new String[] {"==", "!=", "<=", ">=", "<", ">"}) {
      if (taken(operator)) {
        return operator;
      }
    }
    return "";
  }

  private BigDecimal sum() {
    BigDecimal value = product();
    while (true) {
      if (taken("+")) {
        value = value.add(product(), MathContext.DECIMAL128);
      } else if (taken("-")) {
        value = value.subtract(product(), MathContext.DECIMAL128);
      } else {
        return value;
      }
    }
  }

  private BigDecimal product() {
    BigDecimal value = signed();
    while (true) {
      if (taken("//")) {
        value = floored(value, notZero(signed()));
      } else if (taken("/")) {
        value = value.divide(notZero(signed()), MathContext.DECIMAL128);
      } else if (taken("%")) {
        BigDecimal by = notZero(signed());
        value = value.subtract(
            by.multiply(floored(value, by), MathContext.DECIMAL128), MathContext.DECIMAL128);
      } else if (!text.startsWith("**", at) && taken("*")) {
        value = value.multiply(signed(), MathContext.DECIMAL128);
      } else {
        return value;
      }
    }
  }

  private static BigDecimal floored(BigDecimal value, BigDecimal by) {
    return value.divide(by, MathContext.DECIMAL128).setScale(0, RoundingMode.FLOOR);
  }

  private BigDecimal signed() {
    deeper();
    BigDecimal value;
    if (taken("-")) {
      value = signed().negate();
    } else if (taken("+")) {
      value = signed();
    } else {
      value = power();
    }
    depth--;
    return value;
  }

  private BigDecimal power() {
    BigDecimal base = operand();
    if (!taken("**")) {
      return base;
    }
    BigDecimal exponent = signed();
    try {
      int whole = exponent.intValueExact();
      if (whole >= -64 && whole <= 64) {
        return base.pow(whole, MathContext.DECIMAL128);
      }
    } catch (ArithmeticException notWhole) {
      throw wrong("a whole exponent from -64 to 64");
    }
    throw wrong("a whole exponent from -64 to 64");
  }

  private BigDecimal operand() {
    if (taken("(")) {
      deeper();
      BigDecimal value = sum();
      depth--;
      if (!taken(")")) {
        throw wrong("a closing parenthesis");
      }
      return value;
    }
    int start = at;
    while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    try {
      return new BigDecimal(text.substring(start, at));
    } catch (NumberFormatException notNumber) {
      throw wrong("a number");
    }
  }

  private BigDecimal notZero(BigDecimal divisor) {
    if (divisor.signum() == 0) {
      throw wrong("a divisor other than 0");
    }
    return divisor;
  }

  private void deeper() {
    depth++;
    if (depth > DEEPEST) {
      throw wrong("at most " + DEEPEST + " levels of nesting");
    }
  }

  private void end() {
    blanks();
    if (at < text.length()) {
      throw wrong("numbers, + - * / // % **, parentheses and one comparison");
    }
  }

  private boolean taken(String token) {
    blanks();
    if (!text.startsWith(token, at)) {
      return false;
    }
    at += token.length();
    return true;
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private ExpressionException wrong(String expected) {
    return arguments.failed(
        0, "expected " + expected + " at character " + (at + 1) + " of '" + text + "'", null);
  }
}
