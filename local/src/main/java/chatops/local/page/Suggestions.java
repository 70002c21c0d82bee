package chatops.local.page;

import chatops.local.host.Machine;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Lines a visitor may want to type; the approval's carries the robot's address, so only the page with its token shows it. */
final class Suggestions {
  private final Machine machine;

  Suggestions(Machine machine) {
    this.machine = machine;
  }

  ArrayNode slack() {
    ArrayNode lines = dingtalk("/");
    return lines
        .add("/ecs start name:batch-*")
        .add(
            "/oos run ECS-BulkRebootInstancesWithApproval 'targets={\"Type\":\"Tags\",\"RegionId\":\"cn-hangzhou\",\"Tags\":[{\"Key\":\"role\",\"Value\":\"web\"}]}' webHookUrl="
                + machine.robotWebHook());
  }

  ArrayNode dingtalk() {
    return dingtalk("");
  }

  private static ArrayNode dingtalk(String slash) {
    return JsonNodeFactory.instance
        .arrayNode()
        .add(slash + "ecs status name:web-*")
        .add(slash + "ecs status all")
        .add(slash + "oos list")
        .add(slash + "oos whoami")
        .add(slash + "oos help");
  }
}
