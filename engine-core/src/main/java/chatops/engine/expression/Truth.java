package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;

/** Whether a condition holds (specification 4.4). */
public final class Truth {
  private Truth() {}

  /**
   * True and the text {@code true} hold; false, {@code false}, null and empty text do not.
   *
   * @throws ExpressionException for anything else
   */
  public static boolean of(JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (value.isNull() || value.isMissingNode()) {
      return false;
    }
    if (value.isTextual()) {
      String text = value.textValue().strip();
      if (text.equalsIgnoreCase("true")) {
        return true;
      }
      if (text.isEmpty() || text.equalsIgnoreCase("false")) {
        return false;
      }
    }
    throw new ExpressionException(
        "a condition must be true or false, found " + JsonText.described(value));
  }
}
