package chatops.engine.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a plain YAML scalar means. Templates are written for YAML 1.1 and 1.2 readers alike, so only what both read the same
 * way is more than text: null, true and false, decimal numbers. Words, numbers and dates that they read differently ({@code
 * yes}, {@code 010}, {@code 22:30}, {@code 2024-05-01}) stay as they are written.
 */
final class Scalars {
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
  private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
  private static final Set<String> OLD_BOOLEANS =
      Set.of("yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF");

  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]{0,30})");
  private static final Pattern DECIMAL = Pattern.compile(
      "[-+]?((0|[1-9][0-9]{0,30})\\.[0-9]{0,30}|\\.[0-9]{1,30})([eE][-+]?[0-9]{1,2})?|[-+]?[1-9][0-9]{0,30}[eE][-+]?[0-9]{1,2}");

  // octal, hexadecimal, binary, digits with underscores, sexagesimal
  private static final Pattern AMBIGUOUS = Pattern.compile(
      "[-+]?0[0-9_]+|0[oxb][0-9A-Fa-f_]+|[-+]?[0-9][0-9]*_[0-9_]*|[-+]?[1-9][0-9]*(:[0-5]?[0-9])+|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private Scalars() {}

  static JsonNode plain(String text) {
    if (NULLS.contains(text)) {
      return NullNode.getInstance();
    }
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return BooleanNode.valueOf(TRUE.contains(text));
    }
    if (!mayBeNumber(text)) {
      return TextNode.valueOf(text);
    }
    if (WHOLE.matcher(text).matches()) {
      return whole(new BigInteger(text));
    }
    if (DECIMAL.matcher(text).matches()) {
      return DecimalNode.valueOf(new BigDecimal(text));
    }
    return TextNode.valueOf(text);
  }

  private static JsonNode whole(BigInteger number) {
    if (number.bitLength() < Integer.SIZE) {
      return IntNode.valueOf(number.intValue());
    }
    return number.bitLength() < Long.SIZE
        ? LongNode.valueOf(number.longValue())
        : BigIntegerNode.valueOf(number);
  }

  /** Whether other YAML readers may take it for something else than text. */
  static boolean isAmbiguous(String text) {
    return OLD_BOOLEANS.contains(text)
        || (mayBeNumber(text) && AMBIGUOUS.matcher(text).matches());
  }

  /** Whether JSON, too, takes the bare text for a whole number, a boolean or null. */
  static boolean isPlainInJson(String text) {
    return text.equals("true")
        || text.equals("false")
        || text.equals("null")
        || (mayBeNumber(text) && !text.startsWith("+") && WHOLE.matcher(text).matches());
  }

  private static boolean mayBeNumber(String text) {
    char first = text.isEmpty() ? ' ' : text.charAt(0);
    return (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
  }
}
