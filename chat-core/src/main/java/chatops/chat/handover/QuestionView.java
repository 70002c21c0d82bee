package chatops.chat.handover;

import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person sees of a call whose outcome is unknown: Execution's answer to {@code Ask("question", …)} and to an
 * {@code Answer} that a page sent by synchronous invoke. Secrets are masked before they get here.
 *
 * @param status of the execution, spelled as OOS spells it; empty when there is no such execution or question
 * @param call the API in words, such as {@code ECS.RebootInstance}
 * @param query the read that shows what happened, in words; empty when none is known
 * @param sentAt ISO-8601; {@code retryAfter}, before which a retry is refused, and {@code answeredAt} likewise
 * @param answerable whether the door that asked may answer it now
 * @param answer {@code retry}, {@code skip}, {@code stop} or empty while open
 * @param answeredBy who answered, as shown
 */
public record QuestionView(
    String executionId,
    String questionId,
    String status,
    String template,
    String region,
    String requester,
    String task,
    String call,
    String query,
    String sentAt,
    String retryAfter,
    boolean answerable,
    String answer,
    String answeredBy) {

  /** The answer when there is no such execution or question. */
  public static QuestionView unknown(String executionId, String questionId) {
    return new QuestionView(
        executionId, questionId, "", "", "", "", "", "", "", "", "", false, "", "");
  }

  /** Whether Execution knows the question. */
  public boolean isKnown() {
    return !status.isEmpty();
  }

  /** {@code {"kind":"chatops/v1","type":"question",…}} in UTF-8. */
  public byte[] toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", HandOverJson.KIND);
    json.put("type", "question");
    json.put("executionId", executionId);
    json.put("questionId", questionId);
    json.put("status", status);
    json.put("template", template);
    json.put("region", region);
    json.put("requester", requester);
    json.put("task", task);
    json.put("call", call);
    json.put("query", query);
    json.put("sentAt", sentAt);
    json.put("retryAfter", retryAfter);
    json.put("answerable", answerable);
    json.put("answer", answer);
    json.put("answeredBy", answeredBy);
    return JsonWriter.bytes(json);
  }

  /** @throws HandOverException when the bytes are no such answer; names the field */
  public static QuestionView fromJson(byte[] bytes) {
    try {
      JsonObject json = JsonReader.object(bytes);
      if (!"question".equals(json.text("type"))) {
        throw new HandOverException("question view: type is not question");
      }
      return new QuestionView(
          json.text("executionId"),
          json.text("questionId"),
          json.text("status"),
          json.text("template", ""),
          json.text("region", ""),
          json.text("requester", ""),
          json.text("task", ""),
          json.text("call", ""),
          json.text("query", ""),
          json.text("sentAt", ""),
          json.text("retryAfter", ""),
          json.flag("answerable", false),
          json.text("answer", ""),
          json.text("answeredBy", ""));
    } catch (JsonException e) {
      throw new HandOverException("question view: " + e.getMessage());
    }
  }
}
