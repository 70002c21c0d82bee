package chatops.execution;

import chatops.chat.handover.HandOver;
import chatops.chat.handover.HandOverException;
import chatops.chat.handover.HandOverJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What the function was invoked with, told apart by its shape. */
sealed interface Event {
  ObjectMapper JSON = new ObjectMapper();

  /** Our own message. */
  record Message(HandOver message) implements Event {}

  /** A timer trigger, whatever its payload. */
  record Timer() implements Event {}

  /** Function Compute gave one of our messages up ({@code condition} says why). */
  record GivenUp(String condition, HandOver message) implements Event {}

  /** Nothing we take. */
  record Unknown(String why) implements Event {}

  /** Never throws: a thrown error would make Function Compute repeat, and bill, what will fail again. */
  static Event of(byte[] bytes) {
    JsonNode json;
    try {
      json = JSON.readTree(bytes);
    } catch (IOException e) {
      return new Unknown("the event is no JSON");
    }
    try {
      if (json.path("kind").asText("").equals(HandOverJson.KIND)) {
        return new Message(HandOverJson.decode(bytes));
      }
      if (json.has("triggerName") && json.has("triggerTime")) {
        return new Timer();
      }
      JsonNode condition = json.path("requestContext").path("condition");
      if (condition.isTextual()) {
        return new GivenUp(condition.textValue(), HandOverJson.decode(payload(json)));
      }
    } catch (HandOverException e) {
      return new Unknown(String.valueOf(e.getMessage()));
    }
    return new Unknown("expected a message of kind " + HandOverJson.KIND
        + ", a timer event or a failure destination's event");
  }

  private static byte[] payload(JsonNode json) {
    JsonNode payload = json.path("requestPayload");
    String text = payload.isTextual() ? payload.textValue() : payload.toString();
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
