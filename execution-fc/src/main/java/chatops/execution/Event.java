package chatops.execution;

import chatops.chat.handover.EventKey;
import chatops.chat.handover.HandOver;
import chatops.chat.handover.HandOverException;
import chatops.chat.handover.HandOverJson;
import chatops.chat.reply.Seal;
import chatops.execution.scaling.LifecycleMessages;
import chatops.execution.scaling.Received;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the function was invoked with, told apart by its shape. */
sealed interface Event {
  ObjectMapper JSON = new ObjectMapper();

  /** Our own message. */
  record Message(HandOver message) implements Event {}

  /** A timer trigger, whatever its payload. */
  record Timer() implements Event {}

  /**
   * Function Compute gave an invocation up ({@code condition} says why).
   *
   * @param id of what was given up: the same however often that is told
   * @param event what Execution was invoked with; never itself one that was given up
   */
  record GivenUp(String condition, String id, Event event) implements Event {}

  /** Messages of Auto Scaling, by a topic's trigger or by EventBridge. */
  record Scaling(List<Received> received) implements Event {}

  /** Nothing we take. */
  record Unknown(String why) implements Event {}

  /** Never throws: a thrown error would make Function Compute repeat, and bill, what will fail again. */
  static Event of(byte[] bytes, Seal seal) {
    JsonNode json;
    try {
      json = JSON.readTree(bytes);
    } catch (IOException e) {
      return scaling(bytes, "the event is no JSON");
    }
    try {
      if (json.path("kind").asText("").equals(HandOverJson.KIND)) {
        return new Message(HandOverJson.decode(bytes, seal));
      }
      if (json.has("triggerName") && json.has("triggerTime")) {
        return new Timer();
      }
      JsonNode condition = json.path("requestContext").path("condition");
      if (condition.isTextual()) {
        return givenUp(condition.textValue(), payload(json), seal);
      }
    } catch (HandOverException e) {
      return new Unknown(String.valueOf(e.getMessage()));
    }
    return scaling(
        bytes,
        "expected a message of kind " + HandOverJson.KIND
            + ", a timer event, a failure destination's event or one of Auto Scaling");
  }

  private static Event scaling(byte[] bytes, String otherwise) {
    List<Received> received = LifecycleMessages.read(bytes);
    return received.isEmpty() ? new Unknown(otherwise) : new Scaling(received);
  }

  /** Telling of it may have been given up in its turn: then it is told what was given up first. */
  private static GivenUp givenUp(String condition, byte[] payload, Seal seal) {
    Event event = of(payload, seal);
    return event instanceof GivenUp first
        ? first
        : new GivenUp(condition, EventKey.hex(payload), event);
  }

  private static byte[] payload(JsonNode json) {
    JsonNode payload = json.path("requestPayload");
    String text = payload.isTextual() ? payload.textValue() : payload.toString();
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
