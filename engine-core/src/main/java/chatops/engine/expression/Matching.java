package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import java.util.Optional;

/** Whether what WaitFor and CheckFor selected matches a list of values (specification 7.2). */
public final class Matching {
  private Matching() {}

  /**
   * Whether every selected value equals one of {@code wanted}; nothing selected counts as one null. Text equals a scalar of
   * the same text, and a map or list whose JSON it is.
   */
  public static boolean all(List<JsonNode> selected, List<JsonNode> wanted) {
    List<JsonNode> values = selected.isEmpty() ? List.of(NullNode.getInstance()) : selected;
    return values.stream().allMatch(value -> isOneOf(value, wanted));
  }

  /** Whether no selected value equals one of {@code unwanted}; nothing selected matches nothing. */
  public static boolean none(List<JsonNode> selected, List<JsonNode> unwanted) {
    return selected.stream().noneMatch(value -> isOneOf(value, unwanted));
  }

  /** Whether some selected value equals one of {@code stopping}. */
  public static boolean any(List<JsonNode> selected, List<JsonNode> stopping) {
    return selected.stream().anyMatch(value -> isOneOf(value, stopping));
  }

  private static boolean isOneOf(JsonNode value, List<JsonNode> wanted) {
    return wanted.stream().anyMatch(element -> same(value, element));
  }

  private static boolean same(JsonNode a, JsonNode b) {
    return Equality.lenient(a, b) || sameParsed(a, b) || sameParsed(b, a);
  }

  private static boolean sameParsed(JsonNode text, JsonNode container) {
    if (!text.isTextual() || !container.isContainerNode()) {
      return false;
    }
    Optional<JsonNode> parsed = JsonText.parseContainer(text.textValue());
    return parsed.isPresent() && Equality.strict(parsed.get(), container);
  }
}
