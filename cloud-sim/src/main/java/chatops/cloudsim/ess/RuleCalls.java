package chatops.cloudsim.ess;

import chatops.cloudsim.cloud.CloudCall;
import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.CloudService;
import chatops.cloudsim.cloud.Parameters;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Simple scaling rules and their execution. */
final class RuleCalls {
  private final AutoScaling scaling;
  private final String accountId;

  RuleCalls(AutoScaling scaling, String accountId) {
    this.scaling = scaling;
    this.accountId = accountId;
  }

  Map<String, CloudService.Api> apis() {
    return Map.of(
        "CreateScalingRule", this::create,
        "DescribeScalingRules", this::describe,
        "ExecuteScalingRule", this::execute);
  }

  private ObjectNode create(CloudCall call) {
    Parameters parameters = call.parameters();
    String id = "asr-bp1" + scaling.names().word(17);
    ScalingRule rule = new ScalingRule(
        id,
        parameters.required("ScalingGroupId"),
        parameters.text("ScalingRuleName").orElse(id),
        parameters.required("AdjustmentType"),
        parameters.number("AdjustmentValue", 0, -2000, 2000));
    rule.change(0);
    synchronized (scaling) {
      ScalingGroup group = scaling.find(rule.groupId());
      group.rules.put(id, rule);
      return JsonNodeFactory.instance
          .objectNode()
          .put("ScalingRuleId", id)
          .put("ScalingRuleAri", ari(group, rule));
    }
  }

  private String ari(ScalingGroup group, ScalingRule rule) {
    return "ari:acs:ess:" + group.spec.region + ":" + accountId + ":scalingrule/" + rule.id();
  }

  private ObjectNode describe(CloudCall call) {
    Parameters parameters = call.parameters();
    List<String> ids = parameters.list("ScalingRuleId");
    Optional<String> groupId = parameters.text("ScalingGroupId");
    record Row(ScalingGroup group, ScalingRule rule) {}
    synchronized (scaling) {
      List<Row> found = scaling.groups(parameters.required("RegionId")).stream()
          .filter(group -> groupId.isEmpty() || group.id.equals(groupId.get()))
          .flatMap(group -> group.rules.values().stream().map(rule -> new Row(group, rule)))
          .filter(row -> Paged.names(ids, row.rule().id()))
          .toList();
      return Paged.of(
          parameters,
          "ScalingRules",
          "ScalingRule",
          found,
          row -> JsonNodeFactory.instance
              .objectNode()
              .put("ScalingRuleId", row.rule().id())
              .put("ScalingGroupId", row.rule().groupId())
              .put("ScalingRuleName", row.rule().name())
              .put("ScalingRuleType", "SimpleScalingRule")
              .put("ScalingRuleAri", ari(row.group(), row.rule()))
              .put("AdjustmentType", row.rule().adjustment())
              .put("AdjustmentValue", row.rule().value()));
    }
  }

  private ObjectNode execute(CloudCall call) {
    String ari = call.parameters().required("ScalingRuleAri");
    String id = ari.substring(ari.lastIndexOf('/') + 1);
    String activity =
        scaling.once(call.parameters().text("ClientToken").orElse(""), () -> execute(id));
    return JsonNodeFactory.instance.objectNode().put("ScalingActivityId", activity);
  }

  private String execute(String ruleId) {
    synchronized (scaling) {
      for (ScalingGroup group : scaling.groups("")) {
        ScalingRule rule = group.rules.get(ruleId);
        if (rule != null) {
          int change = rule.change(group.members.size());
          String cause = "A user requests to execute scaling rule \"" + ruleId
              + "\", changing the Total Capacity from \"" + group.members.size() + "\" to \""
              + (group.members.size() + change) + "\".";
          return change >= 0
              ? scaling.scaleOut(group.id, change, cause)
              : scaling.scaleIn(group.id, -change, cause);
        }
      }
    }
    throw new CloudException(
        400, "InvalidScalingRuleId.NotFound", "The specified scaling rule does not exist.");
  }
}
