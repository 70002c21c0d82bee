package chatops.cloudsim.ess;

import chatops.cloudsim.cloud.CloudCall;
import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.CloudService;
import chatops.cloudsim.cloud.Parameters;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Lifecycle hooks and the waits they cause (Auto Scaling 2014-08-28, "Lifecycle hooks"). */
final class HookCalls {
  private static final Pattern NAME =
      Pattern.compile("[\\p{IsHan}A-Za-z0-9][\\p{IsHan}\\w.-]{1,63}");
  private static final int SHORTEST = 30;
  private static final int LONGEST = 21_600;
  private static final int USUAL = 600;

  private final AutoScaling scaling;
  private final Map<String, Map<String, String>> tokens = new HashMap<>();

  HookCalls(AutoScaling scaling) {
    this.scaling = scaling;
  }

  Map<String, CloudService.Api> apis() {
    return Map.of(
        "CreateLifecycleHook", this::create,
        "ModifyLifecycleHook", this::modify,
        "DeleteLifecycleHook", this::delete,
        "DescribeLifecycleHooks", this::describe,
        "DescribeLifecycleActions", this::actions,
        "CompleteLifecycleAction", this::complete,
        "RecordLifecycleActionHeartbeat", this::heartbeat);
  }

  private ObjectNode create(CloudCall call) {
    Parameters parameters = call.parameters();
    String id = "ash-bp1" + scaling.names().word(17);
    synchronized (scaling) {
      ScalingGroup group = scaling.find(parameters.required("ScalingGroupId"));
      String name = parameters.text("LifecycleHookName").orElse(id);
      if (!NAME.matcher(name).matches()) {
        throw invalid("LifecycleHookName");
      }
      if (group.hooks.values().stream().anyMatch(hook -> hook.name().equals(name))) {
        throw new CloudException(
            400,
            "InvalidLifecycleHookName.Duplicate",
            "The specified value of parameter <LifecycleHookName> is duplicated.");
      }
      scaling.put(new Hook(
          id,
          group.id,
          name,
          Transition.of(parameters.required("LifecycleTransition")),
          Duration.ofSeconds(parameters.number("HeartbeatTimeout", USUAL, SHORTEST, LONGEST)),
          Result.of("DefaultResult", parameters.text("DefaultResult").orElse("CONTINUE")),
          parameters.text("NotificationArn").orElse(""),
          parameters.text("NotificationMetadata").orElse("")));
    }
    return JsonNodeFactory.instance.objectNode().put("LifecycleHookId", id);
  }

  private ObjectNode modify(CloudCall call) {
    Parameters parameters = call.parameters();
    synchronized (scaling) {
      Hook hook = known(parameters.required("LifecycleHookId"));
      scaling.put(new Hook(
          hook.id(),
          hook.groupId(),
          parameters.text("LifecycleHookName").orElse(hook.name()),
          parameters.text("LifecycleTransition").map(Transition::of).orElse(hook.transition()),
          Duration.ofSeconds(parameters.number(
              "HeartbeatTimeout", (int) hook.timeout().toSeconds(), SHORTEST, LONGEST)),
          parameters
              .text("DefaultResult")
              .map(result -> Result.of("DefaultResult", result))
              .orElse(hook.defaultResult()),
          parameters.text("NotificationArn").orElse(hook.notificationArn()),
          parameters.text("NotificationMetadata").orElse(hook.metadata())));
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private ObjectNode delete(CloudCall call) {
    synchronized (scaling) {
      Hook hook = known(call.parameters().required("LifecycleHookId"));
      scaling.find(hook.groupId()).hooks.remove(hook.id());
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private Hook known(String hookId) {
    return scaling
        .hook(hookId)
        .orElseThrow(() -> new CloudException(
            400,
            "InvalidLifecycleHookId.NotExist",
            "The specified lifecycle hook does not exist."));
  }

  private ObjectNode describe(CloudCall call) {
    Parameters parameters = call.parameters();
    List<String> ids = parameters.list("LifecycleHookId");
    Optional<String> groupId = parameters.text("ScalingGroupId");
    Optional<String> name = parameters.text("LifecycleHookName");
    synchronized (scaling) {
      List<Hook> found = scaling.groups("").stream()
          .filter(group -> groupId.isEmpty() || group.id.equals(groupId.get()))
          .flatMap(group -> group.hooks.values().stream())
          .filter(hook -> Paged.names(ids, hook.id()))
          .filter(hook -> name.isEmpty() || hook.name().equals(name.get()))
          .toList();
      return Paged.of(parameters, "LifecycleHooks", "LifecycleHook", found, HookCalls::shown);
    }
  }

  private static ObjectNode shown(Hook hook) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("LifecycleHookId", hook.id())
        .put("LifecycleHookName", hook.name())
        .put("ScalingGroupId", hook.groupId())
        .put("LifecycleTransition", hook.transition().name())
        .put("HeartbeatTimeout", hook.timeout().toSeconds())
        .put("DefaultResult", hook.defaultResult().name())
        .put("NotificationArn", hook.notificationArn())
        .put("NotificationMetadata", hook.metadata());
  }

  private ObjectNode actions(CloudCall call) {
    Parameters parameters = call.parameters();
    Optional<String> status = parameters.text("LifecycleActionStatus");
    int size = parameters.number("MaxResults", 10, 1, 50);
    int from = parameters.text("NextToken").map(HookCalls::offset).orElse(0);
    synchronized (scaling) {
      List<LifecycleAction> found =
          scaling.activity(parameters.required("ScalingActivityId")).actions.stream()
              .filter(action -> status.isEmpty() || action.status.name().equals(status.get()))
              .toList();
      ObjectNode reply = JsonNodeFactory.instance.objectNode();
      boolean isMore = from + size < found.size();
      reply
          .put("TotalCount", found.size())
          .put("MaxResults", size)
          .put("NextToken", isMore ? token(from + size) : "");
      ArrayNode list = reply.putObject("LifecycleActions").putArray("LifecycleAction");
      found.stream().skip(from).limit(size).forEach(action -> list.add(shown(action)));
      return reply;
    }
  }

  private static ObjectNode shown(LifecycleAction action) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("LifecycleHookId", action.hook.id())
        .put("LifecycleActionToken", action.token)
        .put("LifecycleActionStatus", action.status.name())
        .put("LifecycleActionResult", action.result == null ? "" : action.result.name());
    ArrayNode ids = node.putObject("InstanceIds").putArray("InstanceId");
    action.instanceIds.forEach(ids::add);
    return node;
  }

  private ObjectNode complete(CloudCall call) {
    Parameters parameters = call.parameters();
    String hookId = parameters.required("LifecycleHookId");
    String token = parameters.required("LifecycleActionToken");
    Optional<Result> result =
        parameters.text("LifecycleActionResult").map(r -> Result.of("LifecycleActionResult", r));
    Optional<String> clientToken = parameters.text("ClientToken");
    synchronized (scaling) {
      // the same token with the same parameters is the same request
      boolean isRepeated =
          clientToken.isPresent() && parameters.values().equals(tokens.get(clientToken.get()));
      if (!isRepeated) {
        scaling.complete(hookId, token, result);
        clientToken.ifPresent(given -> tokens.put(given, parameters.values()));
      }
    }
    return JsonNodeFactory.instance.objectNode();
  }

  /** Its parameters begin with small letters, unlike all others (API metadata of 2014-08-28). */
  private ObjectNode heartbeat(CloudCall call) {
    Parameters parameters = call.parameters();
    scaling.heartbeat(
        parameters.required("lifecycleHookId"),
        parameters.required("lifecycleActionToken"),
        Duration.ofSeconds(parameters.number("heartbeatTimeout", USUAL, SHORTEST, LONGEST)));
    return JsonNodeFactory.instance.objectNode();
  }

  private static CloudException invalid(String parameter) {
    // the code is misspelt in the API
    return new CloudException(
        400,
        "InvalidParamter",
        "The specified value of parameter <" + parameter + "> is not valid.");
  }

  private static String token(int offset) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("a" + offset).getBytes(StandardCharsets.UTF_8));
  }

  private static int offset(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.startsWith("a")) {
        return Integer.parseInt(text.substring(1));
      }
    } catch (IllegalArgumentException notOurs) {
      // answered below like a token of another shape
    }
    throw invalid("NextToken");
  }
}
