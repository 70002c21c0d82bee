package chatops.local.rehearsal.synthesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A value that lies above or below another, as jq orders them. */
final class Beside {
  private static final Pattern YEAR = Pattern.compile("(\\d{4})(-\\d{2}.*)");

  private Beside() {}

  /** @param side 1 for above, -1 for below, 0 for the value itself */
  static JsonNode of(JsonNode value, int side) {
    if (side == 0) {
      return value;
    }
    if (value.isNumber()) {
      return DecimalNode.valueOf(value.decimalValue().add(BigDecimal.valueOf(side)));
    }
    Matcher time = YEAR.matcher(value.asText());
    if (time.matches()) {
      return TextNode.valueOf((Integer.parseInt(time.group(1)) + side) + time.group(2));
    }
    return TextNode.valueOf(side > 0 ? value.asText() + "~" : "");
  }
}
