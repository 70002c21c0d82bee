package chatops.cloudsim.dingtalk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the Web API answers: 200 with a body, or another status with {@code code} and {@code message}. */
public record ApiAnswer(int status, ObjectNode body) {
  static ApiAnswer done() {
    return of(JsonNodeFactory.instance.objectNode().put("success", true));
  }

  static ApiAnswer of(ObjectNode body) {
    return new ApiAnswer(200, body);
  }

  static ApiAnswer refused(int status, String code, String message) {
    return new ApiAnswer(
        status, JsonNodeFactory.instance.objectNode().put("code", code).put("message", message));
  }
}
