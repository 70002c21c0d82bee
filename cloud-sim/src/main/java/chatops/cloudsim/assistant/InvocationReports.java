package chatops.cloudsim.assistant;

import chatops.cloudsim.cloud.CloudCall;
import chatops.cloudsim.cloud.CloudService;
import chatops.cloudsim.cloud.Paging;
import chatops.cloudsim.cloud.Parameters;
import chatops.cloudsim.ecs.Regions;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** DescribeInvocations and DescribeInvocationResults (pages of the same names, 2014-05-26). Guarded by its {@link CloudAssistant}. */
final class InvocationReports {
  private record Row(Invocation invocation, Delivery delivery, Run run) {}

  private final CloudAssistant assistant;

  InvocationReports(CloudAssistant assistant) {
    this.assistant = assistant;
  }

  Map<String, CloudService.Api> apis() {
    return Map.of(
        "DescribeInvocations", this::invocations, "DescribeInvocationResults", this::results);
  }

  private ObjectNode invocations(CloudCall call) {
    Parameters parameters = call.parameters();
    String region = Regions.of(parameters);
    Optional<String> instanceId = parameters.text("InstanceId");
    Optional<String> mode = parameters.text("RepeatMode");
    Predicate<Invocation> asked = equal(parameters, "InvokeId", Invocation::id);
    asked = asked.and(equal(parameters, "CommandId", Invocation::commandId));
    asked = asked.and(equal(parameters, "CommandName", it -> it.command().name()));
    asked = asked.and(equal(parameters, "CommandType", it -> it.command().type()));
    asked = asked.and(it -> parameters
        .text("InvokeStatus")
        .map(status -> status.equals(it.legacyStatus()) || status.equals(it.status()))
        .orElse(true));
    asked =
        asked.and(it -> mode.isEmpty() || mode.get().equals(it.schedule().mode().text()));
    asked = asked.and(it -> instanceId.isEmpty()
        || it.deliveries().stream().anyMatch(d -> d.instanceId.equals(instanceId.get())));
    List<Invocation> found = newestFirst(region, asked);
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    List<Invocation> page = Paging.of(parameters, 50, 50).cut(found, reply);
    ArrayNode list = reply.putObject("Invocations").putArray("Invocation");
    page.forEach(invocation -> list.add(json(invocation, instanceId, parameters)));
    return reply;
  }

  private ObjectNode json(
      Invocation invocation, Optional<String> instanceId, Parameters parameters) {
    boolean isPlain = isPlain(parameters);
    CommandDefinition command = invocation.command();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("InvokeId", invocation.id());
    node.put("CommandId", invocation.commandId());
    node.put("CommandName", command.name());
    node.put("CommandType", command.type());
    node.put("CommandDescription", command.description());
    node.put("CommandContent", KeptCommands.content(command.content(), isPlain));
    node.put("WorkingDir", command.workingDir());
    node.put("Timeout", command.timeout().toSeconds());
    node.put("Username", invocation.username());
    node.put("Parameters", parameters(invocation));
    node.put("RepeatMode", invocation.schedule().mode().text());
    node.put("Timed", invocation.schedule().mode() == Schedule.Mode.PERIOD);
    node.put("Frequency", invocation.schedule().frequency());
    node.put("CreationTime", Times.seconds(invocation.createdAt()));
    node.put("InvocationStatus", invocation.status());
    node.put("InvokeStatus", invocation.legacyStatus());
    ArrayNode instances = node.putObject("InvokeInstances").putArray("InvokeInstance");
    for (Delivery delivery : invocation.deliveries()) {
      if (instanceId.isEmpty() || instanceId.get().equals(delivery.instanceId)) {
        Run run = delivery.shown();
        ObjectNode instance = instances.addObject();
        run(instance, delivery, run, parameters.flag("IncludeOutput"), isPlain);
        instance.put("InstanceInvokeStatus", delivery.status().legacy());
        instance.put("InvocationStatus", delivery.status().text());
        instance.put("FinishTime", Times.seconds(run.finishedAt));
        instance.put("CreationTime", Times.seconds(invocation.createdAt()));
        instance.put("Timed", invocation.schedule().mode() == Schedule.Mode.PERIOD);
      }
    }
    return node;
  }

  private static String parameters(Invocation invocation) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    invocation.parameters().forEach(values::put);
    return values.toString();
  }

  private ObjectNode results(CloudCall call) {
    Parameters parameters = call.parameters();
    String region = Regions.of(parameters);
    Predicate<Invocation> asked = equal(parameters, "InvokeId", Invocation::id);
    asked = asked.and(equal(parameters, "CommandId", Invocation::commandId));
    Optional<String> instanceId = parameters.text("InstanceId");
    Optional<String> status = parameters.text("InvokeRecordStatus");
    boolean hasHistory = parameters.flag("IncludeHistory");
    List<Row> found = new ArrayList<>();
    for (Invocation invocation : newestFirst(region, asked)) {
      for (Delivery delivery : invocation.deliveries()) {
        if (instanceId.isEmpty() || instanceId.get().equals(delivery.instanceId)) {
          List<Run> runs = hasHistory ? delivery.runs : List.of(delivery.shown());
          runs.forEach(run -> found.add(new Row(invocation, delivery, run)));
        }
      }
    }
    found.removeIf(
        row -> status.isPresent() && !status.get().equals(row.run().status.legacy()));
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    ObjectNode pages = reply.putObject("Invocation");
    List<Row> page = Paging.of(parameters, 50, 50).cut(found, pages);
    ArrayNode list = pages.putObject("InvocationResults").putArray("InvocationResult");
    for (Row row : page) {
      ObjectNode node = list.addObject();
      run(node, row.delivery(), row.run(), true, isPlain(parameters));
      node.put("InvokeId", row.invocation().id());
      node.put("CommandId", row.invocation().commandId());
      node.put("InvocationStatus", row.run().status.text());
      node.put("InvokeRecordStatus", row.run().status.legacy());
      node.put("FinishedTime", Times.seconds(row.run().finishedAt));
      node.put("Username", row.invocation().username());
      node.put("TerminationMode", row.invocation().killsTree() ? "ProcessTree" : "Process");
    }
    return reply;
  }

  private void run(
      ObjectNode node, Delivery delivery, Run run, boolean withOutput, boolean isPlain) {
    Output output = run.output(assistant.now());
    node.put("InstanceId", delivery.instanceId);
    if (run.hasExitCode()) {
      node.put("ExitCode", run.exitCode);
    }
    node.put("ErrorCode", run.trouble.code());
    node.put("ErrorInfo", run.info);
    node.put("StartTime", Times.seconds(run.startedAt));
    node.put("StopTime", Times.seconds(run.stoppedAt));
    node.put("Repeats", run.number + (run.startedAt == null ? 0 : 1));
    node.put("Dropped", output.dropped());
    String text = "";
    if (withOutput) {
      text = isPlain
          ? new String(output.bytes(), StandardCharsets.UTF_8)
          : Base64.getEncoder().encodeToString(output.bytes());
    }
    node.put("Output", text);
  }

  private static boolean isPlain(Parameters parameters) {
    return parameters.text("ContentEncoding").orElse("Base64").equals("PlainText");
  }

  private List<Invocation> newestFirst(String region, Predicate<Invocation> asked) {
    List<Invocation> found = new ArrayList<>();
    for (Invocation invocation : assistant.all()) {
      if (invocation.region().equals(region) && asked.test(invocation)) {
        found.add(0, invocation);
      }
    }
    return found;
  }

  private static Predicate<Invocation> equal(
      Parameters parameters, String name, Function<Invocation, String> field) {
    Optional<String> wanted = parameters.text(name);
    return invocation -> wanted.isEmpty() || wanted.get().equals(field.apply(invocation));
  }
}
