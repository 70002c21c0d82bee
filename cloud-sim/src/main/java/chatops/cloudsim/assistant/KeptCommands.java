package chatops.cloudsim.assistant;

import chatops.cloudsim.cloud.CloudCall;
import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.CloudService;
import chatops.cloudsim.cloud.Paging;
import chatops.cloudsim.cloud.Parameters;
import chatops.cloudsim.ecs.Regions;
import chatops.cloudsim.seed.Names;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Commands that are kept: CreateCommand, DescribeCommands, DeleteCommand. Guarded by its {@link CloudAssistant}. */
final class KeptCommands {
  /** The least quota a region has. */
  private static final int QUOTA = 500;

  private record Kept(String id, String region, CommandDefinition command, Instant createdAt) {}

  private final Names names;
  private final InstantSource clock;
  private final Map<String, Kept> commands = new LinkedHashMap<>();

  KeptCommands(Names names, InstantSource clock) {
    this.names = names;
    this.clock = clock;
  }

  Map<String, CloudService.Api> apis() {
    return Map.of(
        "CreateCommand", this::create,
        "DescribeCommands", this::describe,
        "DeleteCommand", this::delete);
  }

  /** Keeps a command and answers its id. */
  String keep(CommandDefinition command, String region) {
    long there =
        commands.values().stream().filter(kept -> kept.region().equals(region)).count();
    if (there >= QUOTA) {
      throw new CloudException(
          403, "CmdCount.ExceedQuota", "The total number of commands exceeds the quota.");
    }
    String id = newId();
    commands.put(id, new Kept(id, region, command, clock.instant()));
    return id;
  }

  String newId() {
    return "c-hz0" + names.word(15);
  }

  CommandDefinition find(String id, String region) {
    return Optional.ofNullable(commands.get(id))
        .filter(kept -> kept.region().equals(region))
        .map(Kept::command)
        .orElseThrow(() -> new CloudException(
            404, "InvalidCmdId.NotFound", "The specified command ID does not exist."));
  }

  private ObjectNode create(CloudCall call) {
    String region = Regions.of(call.parameters());
    CommandDefinition command = CommandDefinition.created(call.parameters());
    return JsonNodeFactory.instance.objectNode().put("CommandId", keep(command, region));
  }

  private ObjectNode delete(CloudCall call) {
    String id = call.parameters().required("CommandId");
    find(id, Regions.of(call.parameters()));
    commands.remove(id);
    return JsonNodeFactory.instance.objectNode();
  }

  private ObjectNode describe(CloudCall call) {
    Parameters parameters = call.parameters();
    String region = Regions.of(parameters);
    Optional<String> id = parameters.text("CommandId");
    Optional<String> name = parameters.text("Name");
    Optional<String> type = parameters.text("Type");
    boolean isPlain = parameters.text("ContentEncoding").orElse("").equals("PlainText");
    List<Kept> found = commands.values().stream()
        .filter(kept -> kept.region().equals(region))
        .filter(kept -> id.isEmpty() || kept.id().equals(id.get()))
        .filter(kept -> name.isEmpty() || kept.command().name().contains(name.get()))
        .filter(kept -> type.isEmpty() || kept.command().type().equals(type.get()))
        .toList();
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    List<Kept> page = Paging.of(parameters, 50, 50).cut(found, reply);
    ArrayNode list = reply.putObject("Commands").putArray("Command");
    for (Kept kept : page) {
      CommandDefinition command = kept.command();
      ObjectNode node = list.addObject();
      node.put("CommandId", kept.id());
      node.put("Name", command.name());
      node.put("Description", command.description());
      node.put("Type", command.type());
      node.put("CommandContent", content(command.content(), isPlain));
      node.put("WorkingDir", command.workingDir());
      node.put("Timeout", command.timeout().toSeconds());
      node.put("EnableParameter", command.enableParameter());
      ArrayNode parameterNames = node.putObject("ParameterNames").putArray("ParameterName");
      if (command.enableParameter()) {
        CustomParameters.names(command.content()).forEach(parameterNames::add);
      }
      node.put("CreationTime", Times.seconds(kept.createdAt()));
    }
    return reply;
  }

  static String content(String content, boolean isPlain) {
    return isPlain
        ? content
        : Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
  }
}
