package chatops.cloudsim.assistant;

import chatops.cloudsim.cloud.CloudCall;
import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.CloudService;
import chatops.cloudsim.cloud.Parameters;
import chatops.cloudsim.ecs.Fleet;
import chatops.cloudsim.ecs.Regions;
import chatops.cloudsim.seed.Names;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** RunCommand, InvokeCommand and StopInvocation. All or nothing: one unfit instance refuses the call. Guarded by its {@link CloudAssistant}. */
final class InvocationRequests {
  private static final int MOST_INSTANCES = 100;
  private static final int MOST_BY_TAG = 50;
  private static final int MOST_TAGS = 10;

  private record Sent(Map<String, String> parameters, ObjectNode reply) {}

  private final CloudAssistant assistant;
  private final KeptCommands commands;
  private final Names names;
  private final Map<String, Sent> sent = new HashMap<>();

  InvocationRequests(CloudAssistant assistant, KeptCommands commands, Names names) {
    this.assistant = assistant;
    this.commands = commands;
    this.names = names;
  }

  Map<String, CloudService.Api> apis() {
    return Map.of(
        "RunCommand", call -> once(call, this::run),
        "InvokeCommand", call -> once(call, this::invoke),
        "StopInvocation", this::stop);
  }

  /** The same token with the same parameters is the same request. */
  private ObjectNode once(CloudCall call, Function<CloudCall, ObjectNode> request) {
    Optional<String> token = call.parameters().text("ClientToken");
    if (token.isPresent() && token.get().length() > 64) {
      throw CloudException.invalid("ClientToken", "at most 64 ASCII characters.");
    }
    Sent earlier = token.map(sent::get).orElse(null);
    if (earlier == null) {
      ObjectNode reply = request.apply(call);
      token.ifPresent(given -> sent.put(given, new Sent(call.parameters().values(), reply)));
      return reply.deepCopy();
    }
    if (!earlier.parameters().equals(call.parameters().values())) {
      throw new CloudException(
          400,
          "IdempotentParameterMismatch",
          "The request uses the same client token with other parameters.");
    }
    return earlier.reply().deepCopy();
  }

  private ObjectNode run(CloudCall call) {
    boolean isKept = call.parameters().flag("KeepCommand");
    CommandDefinition command = CommandDefinition.run(call.parameters());
    return start(call, command, null, isKept);
  }

  private ObjectNode invoke(CloudCall call) {
    String commandId = call.parameters().required("CommandId");
    CommandDefinition command = commands.find(commandId, Regions.of(call.parameters()));
    return start(call, command, commandId, false);
  }

  private ObjectNode start(
      CloudCall call, CommandDefinition command, @Nullable String commandId, boolean isKept) {
    Parameters parameters = call.parameters();
    String region = Regions.of(parameters);
    Schedule schedule = Schedule.read(parameters, assistant.now());
    String username = username(parameters, command);
    Map<String, String> values = Map.of();
    if (command.enableParameter()) {
      values = CustomParameters.values(parameters);
      if (!CustomParameters.names(command.content()).containsAll(values.keySet())) {
        throw CloudException.invalid("Parameters", "the command has no parameter of that name.");
      }
    } else if (parameters.text("Parameters").filter(text -> !text.equals("{}")).isPresent()) {
      throw CloudException.invalid(
          "Parameters", "the command does not take any: set EnableParameter to true.");
    }
    String mode = parameters.text("TerminationMode").orElse("Process");
    if (!mode.equals("Process") && !mode.equals("ProcessTree")) {
      throw CloudException.invalid("TerminationMode", "expected Process or ProcessTree.");
    }
    Instant now = assistant.now();
    Instant due = CloudAssistant.dueAt(schedule.first(now));
    List<Delivery> deliveries = instances(parameters, region, command).stream()
        .map(it -> new Delivery(it.id(), schedule.isByReboot() ? null : due, it.starts()))
        .toList();
    String id =
        commandId != null ? commandId : isKept ? commands.keep(command, region) : commands.newId();
    Invocation invocation = new Invocation(
        "t-hz0" + names.word(15),
        id,
        command,
        values,
        username,
        schedule,
        mode.equals("ProcessTree"),
        region,
        call.caller().accountId(),
        now,
        deliveries);
    assistant.add(invocation);
    return JsonNodeFactory.instance
        .objectNode()
        .put("CommandId", id)
        .put("InvokeId", invocation.id());
  }

  private static String username(Parameters parameters, CommandDefinition command) {
    String username = parameters.text("Username").orElse("");
    if (username.length() > 255) {
      throw new CloudException(
          403, "Username.ExceedLimit", "The length of the username exceeds the upper limit.");
    }
    if (!username.isEmpty()
        && !username.equals("System")
        && !command.type().equals(CommandDefinition.SHELL)) {
      parameters.required("WindowsPasswordName");
    }
    return username;
  }

  private List<Fleet.Sight> instances(
      Parameters parameters, String region, CommandDefinition command) {
    List<String> ids = new ArrayList<>(new LinkedHashSet<>(parameters.list("InstanceId")));
    List<Map.Entry<String, String>> tags = parameters.pairs("ResourceTag");
    if (ids.isEmpty() && tags.isEmpty()) {
      throw CloudException.missing("InstanceId.1");
    }
    if (ids.size() > MOST_INSTANCES) {
      throw exceeded();
    }
    if (tags.size() > MOST_TAGS) {
      throw CloudException.invalid("ResourceTag", "at most " + MOST_TAGS + " of them.");
    }
    List<Fleet.Sight> found = new ArrayList<>();
    if (ids.isEmpty()) {
      assistant.fleet().sights(region).stream()
          .filter(instance -> tags.stream().allMatch(tag -> has(instance, tag)))
          .forEach(found::add);
      if (found.isEmpty()) {
        throw CloudAssistant.notFound();
      }
      if (found.size() > MOST_BY_TAG) {
        throw exceeded();
      }
    }
    for (String id : ids) {
      found.add(assistant
          .fleet()
          .sight(id)
          .filter(instance -> instance.region().equals(region))
          .orElseThrow(CloudAssistant::notFound));
    }
    boolean isShell = command.type().equals(CommandDefinition.SHELL);
    if (found.stream().anyMatch(instance -> instance.isWindows() == isShell)) {
      throw new CloudException(
          403,
          "InvalidInstance.NotMatch",
          "The specified command type does not match the operating system of an instance.");
    }
    return found;
  }

  private static boolean has(Fleet.Sight instance, Map.Entry<String, String> tag) {
    String value = instance.tags().get(tag.getKey());
    return value != null && (tag.getValue().isEmpty() || tag.getValue().equals(value));
  }

  private static CloudException exceeded() {
    return new CloudException(
        400, "InstanceIds.ExceedLimit", "The number of instance IDs exceeds the upper limit.");
  }

  private ObjectNode stop(CloudCall call) {
    Parameters parameters = call.parameters();
    String region = Regions.of(parameters);
    Invocation invocation = assistant
        .find(parameters.required("InvokeId"))
        .filter(found -> found.region().equals(region))
        .orElseThrow(() -> new CloudException(
            404, "InvalidInvokeId.NotFound", "The specified invoke ID does not exist."));
    List<String> ids = parameters.list("InstanceId");
    for (String id : ids) {
      if (invocation.deliveries().stream().noneMatch(it -> it.instanceId.equals(id))) {
        throw CloudAssistant.notFound();
      }
    }
    invocation.deliveries().stream()
        .filter(delivery -> ids.isEmpty() || ids.contains(delivery.instanceId))
        .forEach(delivery -> delivery.last().stop(assistant.now()));
    return JsonNodeFactory.instance.objectNode();
  }
}
