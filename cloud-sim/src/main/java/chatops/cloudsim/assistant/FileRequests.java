package chatops.cloudsim.assistant;

import chatops.cloudsim.cloud.CloudCall;
import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.CloudService;
import chatops.cloudsim.cloud.Paging;
import chatops.cloudsim.cloud.Parameters;
import chatops.cloudsim.ecs.Fleet;
import chatops.cloudsim.ecs.Regions;
import chatops.cloudsim.seed.Names;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SendFile and DescribeSendFileResults: small files without OSS. A file is there, or is not, when the call is answered. Guarded by its {@link CloudAssistant}. */
final class FileRequests {
  private static final int LARGEST = 32 * 1024;
  private static final int MOST_INSTANCES = 50;

  private record Sending(
      String id, String region, SentFile file, Instant at, Map<String, Ending> endings) {}

  private final CloudAssistant assistant;
  private final Names names;
  private final List<Sending> sendings = new ArrayList<>();

  FileRequests(CloudAssistant assistant, Names names) {
    this.assistant = assistant;
    this.names = names;
  }

  Map<String, CloudService.Api> apis() {
    return Map.of("SendFile", this::send, "DescribeSendFileResults", this::results);
  }

  private ObjectNode send(CloudCall call) {
    Parameters parameters = call.parameters();
    String region = Regions.of(parameters);
    SentFile file = file(parameters);
    parameters.number("Timeout", 60, 10, 86_400);
    List<String> ids = parameters.list("InstanceId");
    if (ids.isEmpty()) {
      throw CloudException.missing("InstanceId.1");
    }
    if (ids.size() > MOST_INSTANCES) {
      throw new CloudException(
          400, "InstanceIds.ExceedLimit", "The number of instance IDs exceeds the upper limit.");
    }
    List<Fleet.Sight> instances = new ArrayList<>();
    for (String id : ids) {
      instances.add(assistant
          .fleet()
          .sight(id)
          .filter(instance -> instance.region().equals(region))
          .orElseThrow(CloudAssistant::notFound));
    }
    Instant now = assistant.now();
    Map<String, Ending> endings = new LinkedHashMap<>();
    for (Fleet.Sight instance : instances) {
      Trouble trouble = assistant.unfit(instance.id());
      endings.put(
          instance.id(),
          trouble != Trouble.NONE
              ? Ending.of(trouble, "", now)
              : assistant.guest().send(instance, file, now).orElse(Ending.exit(0, now)));
    }
    Sending sending = new Sending("f-hz0" + names.word(15), region, file, now, endings);
    sendings.add(0, sending);
    return JsonNodeFactory.instance.objectNode().put("InvokeId", sending.id());
  }

  private static SentFile file(Parameters parameters) {
    String name = parameters.required("Name");
    if (name.length() > 255 || name.indexOf('/') >= 0) {
      throw CloudException.invalid("Name", "a file name of at most 255 characters is expected.");
    }
    String content = parameters.required("Content");
    byte[] bytes;
    if (parameters.text("ContentType").orElse("PlainText").equals("Base64")) {
      try {
        bytes = Base64.getDecoder().decode(content);
      } catch (IllegalArgumentException notBase64) {
        throw CloudException.invalid("Content", "it is not Base64.");
      }
    } else {
      bytes = content.getBytes(StandardCharsets.UTF_8);
    }
    if ((bytes.length + 2) / 3 * 4 > LARGEST) {
      throw CloudException.invalid("Content", "at most 32 KB in Base64.");
    }
    String mode = parameters.text("FileMode").orElse("0644");
    if (!mode.matches("0?[0-7]{3}")) {
      throw CloudException.invalid("FileMode", "expected such as 0644.");
    }
    return new SentFile(
        name,
        parameters.required("TargetDir"),
        bytes,
        mode,
        parameters.text("FileOwner").orElse("root"),
        parameters.text("FileGroup").orElse("root"),
        parameters.flag("Overwrite"));
  }

  private ObjectNode results(CloudCall call) {
    Parameters parameters = call.parameters();
    String region = Regions.of(parameters);
    Optional<String> id = parameters.text("InvokeId");
    Optional<String> instanceId = parameters.text("InstanceId");
    Optional<String> name = parameters.text("Name");
    List<Sending> found = sendings.stream()
        .filter(sending -> sending.region().equals(region))
        .filter(sending -> id.isEmpty() || sending.id().equals(id.get()))
        .filter(sending -> name.isEmpty() || sending.file().name().equals(name.get()))
        .filter(sending -> instanceId.isEmpty() || sending.endings().containsKey(instanceId.get()))
        .toList();
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    List<Sending> page = Paging.of(parameters, 50, 50).cut(found, reply);
    ArrayNode list = reply.putObject("Invocations").putArray("Invocation");
    page.forEach(sending -> list.add(json(sending)));
    return reply;
  }

  private static ObjectNode json(Sending sending) {
    SentFile file = sending.file();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("InvokeId", sending.id());
    node.put("Name", file.name());
    node.put("TargetDir", file.targetDir());
    node.put("ContentType", "Base64");
    node.put("Content", Base64.getEncoder().encodeToString(file.content()));
    node.put("FileMode", file.mode());
    node.put("FileOwner", file.owner());
    node.put("FileGroup", file.group());
    node.put("Overwrite", String.valueOf(file.overwrite()));
    node.put("CreationTime", Times.seconds(sending.at()));
    node.put("VmCount", sending.endings().size());
    long good = sending.endings().values().stream()
        .filter(ending -> ending.trouble() == Trouble.NONE)
        .count();
    node.put(
        "InvocationStatus",
        good == sending.endings().size() ? "Success" : good == 0 ? "Failed" : "PartialFailed");
    ArrayNode instances = node.putObject("InvokeInstances").putArray("InvokeInstance");
    sending.endings().forEach((instanceId, ending) -> {
      ObjectNode instance = instances.addObject();
      instance.put("InstanceId", instanceId);
      instance.put("InvocationStatus", ending.trouble().status().text());
      instance.put("ErrorCode", ending.trouble().code());
      instance.put("ErrorInfo", ending.info().isEmpty() ? ending.trouble().info() : ending.info());
      instance.put("StartTime", Times.seconds(sending.at()));
      instance.put("FinishTime", Times.seconds(ending.at()));
    });
    return node;
  }
}
