package chatops.local.crash;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What the cuts of one template came to.
 *
 * @param calm status of the undisturbed run; {@code Refused} when it could not be started
 * @param reason why that was not Success; empty when it was
 * @param parked rounds in which people were asked about an unknown outcome
 * @param parkedNeedlessly those of them where the call could have been repeated
 */
public record Outcome(
    String template,
    String calm,
    String reason,
    int cuts,
    int doubleCuts,
    int parked,
    int parkedNeedlessly,
    List<Violation> violations) {

  /**
   * One broken promise.
   *
   * @param cuts where the round was cut: number of the place, what happens there, and to what
   */
  public record Violation(List<String> cuts, String what) {
    @Override
    public String toString() {
      return (cuts.isEmpty() ? "undisturbed" : "cut at " + String.join(" and at ", cuts)) + ": "
          + what;
    }
  }

  static Outcome refused(String template, String reason) {
    return new Outcome(template, "Refused", reason, 0, 0, 0, 0, List.of());
  }

  /** One object: {@code file}, {@code status}, {@code reason}, the counts, and {@code violations}. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance
        .objectNode()
        .put("file", template)
        .put("status", calm)
        .put("reason", reason)
        .put("cuts", cuts)
        .put("doubleCuts", doubleCuts)
        .put("parked", parked)
        .put("parkedOutsideClassC", parkedNeedlessly);
    ArrayNode list = json.putArray("violations");
    for (Violation violation : violations) {
      ObjectNode entry = list.addObject();
      violation.cuts().forEach(entry.putArray("cuts")::add);
      entry.put("violation", violation.what());
    }
    return json;
  }
}
