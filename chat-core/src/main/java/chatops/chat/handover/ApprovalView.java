package chatops.chat.handover;

import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person sees of one approval: Execution's answer to {@code Ask("approval", …)} and to a {@code Decide} that a page sent by
 * synchronous invoke. Secrets are masked before they get here.
 *
 * @param status of the execution, spelled as OOS spells it; empty when there is no such execution or approval
 * @param title what is asked, one line
 * @param message the template's own message, may be empty
 * @param requester name and id of the person who asked, as shown
 * @param targetCount how many targets the plan has; -1 when it has none
 * @param targetNames the first of them, ready to show
 * @param parameters name to masked value, in the template's order
 * @param openedAt ISO-8601, empty when unknown; {@code expiresAt} likewise
 * @param decidable whether the door that asked may decide it now
 * @param whyNot when not decidable: {@code decided}, {@code expired}, {@code approvers} (named approvers must use a door
 *     that knows them), {@code ended}, {@code void} (the plan changed, it was asked anew), {@code unknown}; else empty
 * @param decision {@code approve}, {@code reject} or empty while open
 * @param decidedBy who decided, as shown
 * @param decidedAt ISO-8601 or empty
 * @param outcome one sentence on what came of it, may be empty
 * @param needed how many different people must approve
 * @param approved who approved so far, as shown
 * @param reasonFor which decisions need a reason: {@code both}, {@code rejection}, or empty for none
 */
public record ApprovalView(
    String executionId,
    String approvalId,
    String status,
    String title,
    String message,
    String template,
    String region,
    String requester,
    int targetCount,
    List<String> targetNames,
    Map<String, String> parameters,
    String openedAt,
    String expiresAt,
    boolean decidable,
    String whyNot,
    String decision,
    String decidedBy,
    String decidedAt,
    String reason,
    String outcome,
    int needed,
    List<String> approved,
    String reasonFor) {

  public ApprovalView {
    targetNames = List.copyOf(targetNames);
    approved = List.copyOf(approved);
    // insertion order is the template's order, which Map.copyOf would lose
    parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** The answer when there is no such execution or approval. */
  public static ApprovalView unknown(String executionId, String approvalId) {
    return new ApprovalView(
        executionId,
        approvalId,
        "",
        "",
        "",
        "",
        "",
        "",
        -1,
        List.of(),
        Map.of(),
        "",
        "",
        false,
        "unknown",
        "",
        "",
        "",
        "",
        "",
        1,
        List.of(),
        "");
  }

  /** Whether Execution knows the approval. */
  public boolean isKnown() {
    return !status.isEmpty();
  }

  /** {@code {"kind":"chatops/v1","type":"approval",…}} in UTF-8. */
  public byte[] toJson() {
    Map<String, @Nullable Object> targets = new LinkedHashMap<>();
    targets.put("count", targetCount);
    targets.put("names", targetNames);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", HandOverJson.KIND);
    json.put("type", "approval");
    json.put("executionId", executionId);
    json.put("approvalId", approvalId);
    json.put("status", status);
    json.put("title", title);
    json.put("message", message);
    json.put("template", template);
    json.put("region", region);
    json.put("requester", requester);
    json.put("targets", targets);
    json.put("parameters", parameters);
    json.put("openedAt", openedAt);
    json.put("expiresAt", expiresAt);
    json.put("decidable", decidable);
    json.put("whyNot", whyNot);
    json.put("decision", decision);
    json.put("decidedBy", decidedBy);
    json.put("decidedAt", decidedAt);
    json.put("reason", reason);
    json.put("outcome", outcome);
    json.put("needed", needed);
    json.put("approved", approved);
    json.put("reasonFor", reasonFor);
    return JsonWriter.bytes(json);
  }

  /** @throws HandOverException when the bytes are no such answer; names the field */
  public static ApprovalView fromJson(byte[] bytes) {
    try {
      JsonObject json = JsonReader.object(bytes);
      if (!"approval".equals(json.text("type"))) {
        throw new HandOverException("approval view: type is not approval");
      }
      JsonObject targets = json.objectOrEmpty("targets");
      return new ApprovalView(
          json.text("executionId"),
          json.text("approvalId"),
          json.text("status"),
          json.text("title", ""),
          json.text("message", ""),
          json.text("template", ""),
          json.text("region", ""),
          json.text("requester", ""),
          (int) targets.number("count", -1),
          targets.texts("names"),
          json.textMap("parameters"),
          json.text("openedAt", ""),
          json.text("expiresAt", ""),
          json.flag("decidable", false),
          json.text("whyNot", ""),
          json.text("decision", ""),
          json.text("decidedBy", ""),
          json.text("decidedAt", ""),
          json.text("reason", ""),
          json.text("outcome", ""),
          (int) json.number("needed", 1),
          json.texts("approved"),
          json.text("reasonFor", ""));
    } catch (JsonException e) {
      throw new HandOverException("approval view: " + e.getMessage());
    }
  }
}
