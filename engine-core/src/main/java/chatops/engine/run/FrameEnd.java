package chatops.engine.run;

import chatops.engine.execution.TaskStatus;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How a frame ended: Success, Failed or Cancelled. */
record FrameEnd(TaskStatus status, String code, String message, ObjectNode outputs) {

  static FrameEnd cancelled(String message) {
    return new FrameEnd(TaskStatus.CANCELLED, "", message, JsonNodeFactory.instance.objectNode());
  }
}
