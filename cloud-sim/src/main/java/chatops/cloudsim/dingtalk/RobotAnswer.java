package chatops.cloudsim.dingtalk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code errcode} and {@code errmsg}, always with HTTP status 200; 0 is success. */
public record RobotAnswer(int code, String message) {
  static final RobotAnswer OK = new RobotAnswer(0, "ok");

  public ObjectNode json() {
    return JsonNodeFactory.instance.objectNode().put("errcode", code).put("errmsg", message);
  }
}
