package chatops.cloudsim.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.assistant.PlayedGuest.Play;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.clock.Timeline;
import chatops.cloudsim.cloud.CallLog;
import chatops.cloudsim.cloud.CloudReply;
import chatops.cloudsim.cloud.Faults;
import chatops.cloudsim.cloud.SimulatedCloud;
import chatops.cloudsim.ecs.Ecs;
import chatops.cloudsim.ecs.Fleet;
import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.ecs.Pace;
import chatops.cloudsim.identity.Identities;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import chatops.cloudsim.seed.Names;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CloudAssistantTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));
  private final Timeline timeline = new Timeline(clock);
  private final Names names = new Names(5);
  private final Fleet fleet = new Fleet(clock, names, Pace.of(Duration.ofSeconds(10)));
  private final Principal.RamUser ann =
      new Identities("1234567890123456", clock, names).user("ann", Policy.allow("ecs:*"));
  private final PlayedGuest guest = new PlayedGuest(clock, "a test");
  private final CloudAssistant assistant = new CloudAssistant(fleet, timeline, names, guest);
  private final SimulatedCloud cloud = new SimulatedCloud(
      List.of(new Ecs(fleet, assistant.apis())),
      names,
      new CallLog(clock),
      new Faults(names, clock));
  private final String web = fleet.launch(InstanceSpec.named("web-01").tag("env", "staging"));

  @Test
  void a_command_is_pending_then_runs_then_has_succeeded() {
    guest.answer(
        script -> script.content().equals("date"),
        Play.exit(0, "Sunday\n").after(Duration.ofSeconds(5)));
    String invokeId = run("CommandContent", base64("date"), "ContentEncoding", "Base64");

    assertThat(statuses(invokeId)).containsExactly("Pending", "Running", "Pending");
    passes(Duration.ofSeconds(1));
    assertThat(statuses(invokeId)).containsExactly("Running", "Running", "Running");
    assertThat(result(invokeId).path("Output").asText()).isEmpty();
    assertThat(result(invokeId).has("ExitCode")).isFalse();
    passes(Duration.ofSeconds(5));
    assertThat(statuses(invokeId)).containsExactly("Success", "Finished", "Success");
    JsonNode result = result(invokeId);
    assertThat(result.path("ExitCode").asInt(-1)).isZero();
    assertThat(decoded(result)).isEqualTo("Sunday\n");
    assertThat(result.path("StartTime").asText()).isEqualTo("2026-03-01T08:00:00Z");
    assertThat(result.path("FinishedTime").asText()).isEqualTo("2026-03-01T08:00:05Z");
    assertThat(result.path("InvokeRecordStatus").asText()).isEqualTo("Finished");
  }

  @Test
  void finished_in_the_older_spelling_says_nothing_of_the_exit_code() {
    guest.answer(script -> true, Play.exit(3, "no such package\n"));
    String invokeId = run("CommandContent", "yum install none");

    passes(Duration.ofSeconds(5));

    assertThat(statuses(invokeId)).containsExactly("Failed", "Finished", "Failed");
    assertThat(result(invokeId).path("ExitCode").asInt()).isEqualTo(3);
    assertThat(result(invokeId).path("ErrorCode").asText()).isEqualTo("ExitCodeNonzero");
  }

  @Test
  void a_script_longer_than_its_timeout_is_ended_and_the_timeout_is_60_seconds_by_default() {
    guest.answer(script -> true, Play.exit(0, "done").after(Duration.ofSeconds(61)));
    String usual = run("CommandContent", "sleep 61");
    String longer = run("CommandContent", "sleep 61", "Timeout", "62");

    passes(Duration.ofSeconds(70));

    assertThat(statuses(usual)).containsExactly("Failed", "Failed", "Timeout");
    assertThat(result(usual).path("ErrorCode").asText()).isEqualTo("ExecutionTimeout");
    assertThat(statuses(longer)).containsExactly("Success", "Finished", "Success");
  }

  @Test
  void each_instance_has_its_own_result_and_the_whole_is_partly_failed() {
    String other = fleet.launch(InstanceSpec.named("web-02"));
    String gone = fleet.launch(InstanceSpec.named("web-03").stopped());
    guest.answer(other, script -> true, Play.exit(1, "broken"));

    String invokeId = call(
            "RunCommand",
            "Type",
            "RunShellScript",
            "CommandContent",
            "true",
            "InstanceId.1",
            web,
            "InstanceId.2",
            other,
            "InstanceId.3",
            gone)
        .path("InvokeId")
        .asText();
    passes(Duration.ofSeconds(5));

    JsonNode invocation = invocation(invokeId);
    assertThat(invocation.path("InvocationStatus").asText()).isEqualTo("PartialFailed");
    assertThat(invocation.path("InvokeStatus").asText()).isEqualTo("PartialFailed");
    assertThat(invocation.at("/InvokeInstances/InvokeInstance"))
        .extracting(
            it -> it.path("InvocationStatus").asText(),
            it -> it.path("ErrorCode").asText())
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("Success", ""),
            org.assertj.core.api.Assertions.tuple("Failed", "ExitCodeNonzero"),
            org.assertj.core.api.Assertions.tuple("Aborted", "InstanceNotRunning"));
  }

  @ParameterizedTest
  @EnumSource(value = Trouble.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void every_trouble_has_a_code_a_reason_and_a_final_status(Trouble trouble) {
    assistant.trouble(web, trouble, 1);
    String invokeId = run("CommandContent", "true");

    passes(Duration.ofSeconds(1));

    JsonNode result = result(invokeId);
    assertThat(result.path("ErrorCode").asText()).isEqualTo(trouble.code());
    assertThat(result.path("ErrorInfo").asText()).isNotBlank();
    assertThat(result.path("InvocationStatus").asText())
        .isIn("Failed", "Error", "Timeout", "Invalid", "Aborted");
    String next = run("CommandContent", "true");
    passes(Duration.ofSeconds(5));
    assertThat(result(next).path("InvocationStatus").asText()).isEqualTo("Success");
  }

  @ParameterizedTest
  @CsvSource({
    "Type,           RunPerlScript,      400, InvalidCmdType.NotFound",
    "Type,           '',                 400, MissingParameter",
    "CommandContent, '',                 400, MissingParameter",
    "InstanceId.1,   i-none,             404, InvalidInstance.NotFound",
    "InstanceId.1,   '',                 400, MissingParameter",
    "Type,           RunBatScript,       403, InvalidInstance.NotMatch",
    "Frequency,      rate(30s),          403, InvalidParam.Frequency",
    "Frequency,      0 */20 * * * *,     403, InvalidParam.Frequency",
    "RepeatMode,     Period,             403, MissingParam.Frequency",
    "RepeatMode,     Sometimes,          400, InvalidParameter.RepeatMode",
    "TerminationMode,Both,               400, InvalidParameter.TerminationMode",
    "RegionId,       xx-nowhere,         404, InvalidRegionId.NotFound",
    "Parameters,     '{\"a\":\"b\"}',    400, InvalidParameter.Parameters",
    "Timeout,        0,                  400, InvalidParameter.Timeout",
  })
  void unfit_requests_are_refused_and_nothing_runs(
      String name, String value, int status, String code) {
    Map<String, String> parameters = new TreeMap<>(Map.of(
        "RegionId", "cn-hangzhou",
        "Type", "RunShellScript",
        "CommandContent", "true",
        "InstanceId.1", web));
    parameters.put(name, value);

    CloudReply reply = cloud.call("Ecs", "RunCommand", parameters, ann, "cn-hangzhou");

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.code()).isEqualTo(code);
    assertThat(call("DescribeInvocations").path("TotalCount").asInt()).isZero();
  }

  @Test
  void lengths_are_limited() {
    assertThat(refused("Name", "n".repeat(129))).isEqualTo("CmdName.ExceedLimit");
    assertThat(refused("Description", "n".repeat(513))).isEqualTo("CmdDesc.ExceedLimit");
    assertThat(refused("Username", "n".repeat(256))).isEqualTo("Username.ExceedLimit");
    assertThat(refused("WorkingDir", "n".repeat(201))).isEqualTo("InvalidParameter.WorkingDir");
    assertThat(refused("CommandContent", "n".repeat(24 * 1024)))
        .isEqualTo("CmdContent.ExceedLimit");
    assertThat(refused("ClientToken", "n".repeat(65))).isEqualTo("InvalidParameter.ClientToken");
    Map<String, String> many = new TreeMap<>();
    for (int i = 1; i <= 101; i++) {
      many.put("InstanceId." + i, "i-" + i);
    }
    many.putAll(
        Map.of("RegionId", "cn-hangzhou", "Type", "RunShellScript", "CommandContent", "true"));
    assertThat(cloud.call("Ecs", "RunCommand", many, ann, "cn-hangzhou").code())
        .isEqualTo("InstanceIds.ExceedLimit");
  }

  @Test
  void the_same_token_runs_once_and_with_other_parameters_is_refused() {
    String first = run("CommandContent", "true", "ClientToken", "t1");

    assertThat(run("CommandContent", "true", "ClientToken", "t1")).isEqualTo(first);
    assertThat(refused("CommandContent", "false", "ClientToken", "t1"))
        .isEqualTo("IdempotentParameterMismatch");
    assertThat(call("DescribeInvocations").path("TotalCount").asInt()).isEqualTo(1);
  }

  @Test
  void parameters_are_put_in_as_text_once_and_without_regard_to_case() {
    List<String> ran = new ArrayList<>();
    guest.answer(script -> ran.add(script.content()), Play.exit(0, ""));

    run(
        "CommandContent", "echo '{{ Name }}' {{other}} {{ACS::InstanceId}} {{ACS::Region}}",
        "EnableParameter", "true",
        "Parameters", "{\"name\":\"a'; {{other}} $1\"}");
    passes(Duration.ofSeconds(5));

    assertThat(ran).containsExactly("echo 'a'; {{other}} $1'  " + web + " {{ACS::Region}}");
  }

  @Test
  void a_running_command_can_be_stopped_and_a_waiting_one_never_runs() {
    guest.answer(script -> true, Play.exit(0, "done").after(Duration.ofSeconds(50)));
    String waiting = run("CommandContent", "sleep 50");
    call("StopInvocation", "InvokeId", waiting);
    String running = run("CommandContent", "sleep 50");
    passes(Duration.ofSeconds(1));

    call("StopInvocation", "InvokeId", running, "InstanceId.1", web);

    assertThat(statuses(waiting)).containsExactly("Stopped", "Stopped", "Cancelled");
    assertThat(statuses(running)).containsExactly("Stopping", "Stopping", "Stopping");
    passes(Duration.ofSeconds(1));
    assertThat(statuses(running)).containsExactly("Stopped", "Stopped", "Terminated");
    passes(Duration.ofSeconds(60));
    assertThat(statuses(running)).containsExactly("Stopped", "Stopped", "Terminated");
  }

  @Test
  void a_restart_or_a_release_ends_what_runs() {
    guest.answer(script -> true, Play.exit(0, "done").after(Duration.ofSeconds(50)));
    String other = fleet.launch(InstanceSpec.named("web-02"));
    String interrupted = run("CommandContent", "sleep 50");
    String released = run("CommandContent", "sleep 50", "InstanceId.1", other);
    passes(Duration.ofSeconds(1));

    call("RebootInstance", "InstanceId", web);
    call("DeleteInstance", "InstanceId", other, "Force", "true");

    assertThat(result(interrupted).path("ErrorCode").asText()).isEqualTo("ExecutionInterrupted");
    assertThat(result(released).path("ErrorCode").asText()).isEqualTo("InstanceReleased");
  }

  @Test
  void a_kept_command_is_invoked_by_its_id_with_its_parameters_named() {
    String commandId = call(
            "CreateCommand",
            "Name",
            "greet",
            "Type",
            "RunShellScript",
            "CommandContent",
            base64("echo {{who}}"),
            "ContentEncoding",
            "Base64",
            "EnableParameter",
            "true",
            "Timeout",
            "120")
        .path("CommandId")
        .asText();
    JsonNode kept = call("DescribeCommands", "CommandId", commandId).at("/Commands/Command/0");

    String invokeId = call(
            "InvokeCommand",
            "CommandId",
            commandId,
            "InstanceId.1",
            web,
            "Parameters",
            "{\"who\":\"you\"}")
        .path("InvokeId")
        .asText();

    assertThat(kept.at("/ParameterNames/ParameterName/0").asText()).isEqualTo("who");
    assertThat(kept.path("Timeout").asInt()).isEqualTo(120);
    passes(Duration.ofSeconds(5));
    assertThat(statuses(invokeId)).containsExactly("Success", "Finished", "Success");
    assertThat(invocation(invokeId).path("CommandName").asText()).isEqualTo("greet");
    call("DeleteCommand", "CommandId", commandId);
    assertThat(
            reply("InvokeCommand", "CommandId", commandId, "InstanceId.1", web).code())
        .isEqualTo("InvalidCmdId.NotFound");
  }

  @Test
  void a_repeated_command_keeps_its_history_and_is_scheduled_in_between() {
    String invokeId = run("CommandContent", "date", "Frequency", "rate(5m)");

    passes(Duration.ofMinutes(11));

    assertThat(invocation(invokeId).path("InvocationStatus").asText()).isEqualTo("Scheduled");
    assertThat(invocation(invokeId).path("InvokeStatus").asText()).isEqualTo("Running");
    assertThat(call("DescribeInvocationResults", "InvokeId", invokeId, "IncludeHistory", "true")
            .at("/Invocation/InvocationResults/InvocationResult"))
        .extracting(it -> it.path("InvocationStatus").asText())
        .containsExactly("Success", "Success", "Scheduled");
    assertThat(result(invokeId).path("Repeats").asInt()).isEqualTo(2);
    call("StopInvocation", "InvokeId", invokeId);
    passes(Duration.ofMinutes(11));
    assertThat(invocation(invokeId).path("InvocationStatus").asText()).isEqualTo("Stopped");
  }

  @Test
  void a_command_for_the_next_restart_waits_for_it() {
    String invokeId = run("CommandContent", "date", "RepeatMode", "NextRebootOnly");
    passes(Duration.ofMinutes(5));
    assertThat(statuses(invokeId)).containsExactly("Pending", "Running", "Pending");

    call("RebootInstance", "InstanceId", web);
    passes(Duration.ofSeconds(11));
    invocation(invokeId);
    passes(Duration.ofSeconds(2));

    assertThat(statuses(invokeId)).containsExactly("Success", "Finished", "Success");
  }

  @Test
  void tags_choose_instances_and_none_is_an_error() {
    String invokeId = call(
            "RunCommand",
            "Type",
            "RunShellScript",
            "CommandContent",
            "true",
            "ResourceTag.1.Key",
            "env",
            "ResourceTag.1.Value",
            "staging")
        .path("InvokeId")
        .asText();

    assertThat(result(invokeId).path("InstanceId").asText()).isEqualTo(web);
    assertThat(reply(
                "RunCommand",
                "Type",
                "RunShellScript",
                "CommandContent",
                "true",
                "ResourceTag.1.Key",
                "nobody")
            .code())
        .isEqualTo("InvalidInstance.NotFound");
  }

  @Test
  void results_come_in_pages_of_either_style() {
    for (int i = 0; i < 7; i++) {
      run("CommandContent", "echo " + i);
    }

    JsonNode first = call("DescribeInvocationResults", "MaxResults", "5").path("Invocation");
    JsonNode second = call(
            "DescribeInvocationResults",
            "MaxResults",
            "5",
            "NextToken",
            first.path("NextToken").asText(),
            "PageNumber",
            "9")
        .path("Invocation");
    JsonNode third =
        call("DescribeInvocationResults", "PageSize", "3", "PageNumber", "3").path("Invocation");

    assertThat(first.at("/InvocationResults/InvocationResult")).hasSize(5);
    assertThat(second.at("/InvocationResults/InvocationResult")).hasSize(2);
    assertThat(second.path("NextToken").asText()).isEmpty();
    assertThat(third.at("/InvocationResults/InvocationResult")).hasSize(1);
    assertThat(third.path("TotalCount").asInt()).isEqualTo(7);
  }

  @Test
  void of_a_long_output_the_first_and_the_last_part_are_kept_and_the_loss_is_told() {
    guest.answer(script -> true, Play.exit(0, "a".repeat(20_000) + "b".repeat(20_000)));
    String invokeId = run("CommandContent", "true");

    passes(Duration.ofSeconds(5));

    String output = decoded(result(invokeId));
    assertThat(output).hasSize(24 * 1024).startsWith("aaa").endsWith("bbb");
    assertThat(result(invokeId).path("Dropped").asInt()).isEqualTo(40_000 - 24 * 1024);
  }

  @Test
  void an_instance_without_an_agent_gets_one_by_installation_and_restart() {
    assistant.removeAgent(web);
    assertThat(agent().path("CloudAssistantStatus").asText()).isEqualTo("false");
    String before = run("CommandContent", "true");
    passes(Duration.ofSeconds(1));
    assertThat(result(before).path("ErrorCode").asText()).isEqualTo("ClientNotRunning");

    call("InstallCloudAssistant", "InstanceId.1", web);
    assertThat(agent().path("CloudAssistantStatus").asText()).isEqualTo("false");
    call("RebootInstance", "InstanceId", web);
    passes(Duration.ofSeconds(90));

    JsonNode agent = agent();
    assertThat(agent.path("CloudAssistantStatus").isTextual()).isTrue();
    assertThat(agent.path("CloudAssistantStatus").asText()).isEqualTo("true");
    assertThat(agent.path("LastHeartbeatTime").asText()).isEqualTo("2026-03-01T08:01:11Z");
  }

  @Test
  void an_agent_that_was_stopped_shows_its_last_heartbeat() {
    passes(Duration.ofSeconds(150));
    assistant.stopAgent(web);
    passes(Duration.ofMinutes(10));

    assertThat(agent().path("LastHeartbeatTime").asText()).isEqualTo("2026-03-01T08:02:00Z");
    assistant.startAgent(web);
    assertThat(agent().path("LastHeartbeatTime").asText()).isEqualTo("2026-03-01T08:12:00Z");
  }

  @Test
  void a_file_is_sent_to_several_instances_with_a_result_each() {
    String other = fleet.launch(InstanceSpec.named("web-02").stopped());

    String id = call(
            "SendFile",
            "Name",
            "motd",
            "TargetDir",
            "/etc",
            "Content",
            base64("hello"),
            "ContentType",
            "Base64",
            "InstanceId.1",
            web,
            "InstanceId.2",
            other)
        .path("InvokeId")
        .asText();

    JsonNode sending =
        call("DescribeSendFileResults", "InvokeId", id).at("/Invocations/Invocation/0");
    assertThat(sending.path("InvocationStatus").asText()).isEqualTo("PartialFailed");
    assertThat(sending.at("/InvokeInstances/InvokeInstance/1/ErrorCode").asText())
        .isEqualTo("InstanceNotRunning");
    assertThat(reply(
                "SendFile",
                "Name",
                "../motd",
                "TargetDir",
                "/etc",
                "Content",
                "x",
                "InstanceId.1",
                web)
            .code())
        .isEqualTo("InvalidParameter.Name");
  }

  @Test
  void a_caller_without_the_right_runs_nothing() {
    Principal.RamUser bob =
        new Identities("1234567890123456", clock, names).user("bob", Policy.allow("ecs:Describe*"));

    CloudReply reply = cloud.call(
        "Ecs",
        "RunCommand",
        Map.of(
            "RegionId", "cn-hangzhou",
            "Type", "RunShellScript",
            "CommandContent", "true",
            "InstanceId.1", web),
        bob,
        "cn-hangzhou");

    assertThat(reply.code()).isEqualTo("Forbidden.RAM");
    assertThat(reply.body()).contains("ecs:RunCommand");
    assertThat(call("DescribeInvocations").path("TotalCount").asInt()).isZero();
  }

  private void passes(Duration duration) {
    timeline.advance(clock, duration);
  }

  /** The whole, the whole in the older spelling, the instance. */
  private List<String> statuses(String invokeId) {
    JsonNode invocation = invocation(invokeId);
    return List.of(
        invocation.path("InvocationStatus").asText(),
        invocation.path("InvokeStatus").asText(),
        result(invokeId).path("InvocationStatus").asText());
  }

  private JsonNode agent() {
    return call("DescribeCloudAssistantStatus", "InstanceId.1", web)
        .at("/InstanceCloudAssistantStatusSet/InstanceCloudAssistantStatus/0");
  }

  private JsonNode invocation(String invokeId) {
    return call("DescribeInvocations", "InvokeId", invokeId).at("/Invocations/Invocation/0");
  }

  private JsonNode result(String invokeId) {
    return call("DescribeInvocationResults", "InvokeId", invokeId)
        .at("/Invocation/InvocationResults/InvocationResult/0");
  }

  private static String decoded(JsonNode result) {
    return new String(
        Base64.getDecoder().decode(result.path("Output").asText()), StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private String run(String... more) {
    return read(command(more)).path("InvokeId").asText();
  }

  private String refused(String... more) {
    return command(more).code();
  }

  private CloudReply command(String... more) {
    Map<String, String> parameters = new TreeMap<>(Map.of(
        "RegionId", "cn-hangzhou",
        "Type", "RunShellScript",
        "CommandContent", "true",
        "InstanceId.1", web));
    put(parameters, more);
    return cloud.call("Ecs", "RunCommand", parameters, ann, "cn-hangzhou");
  }

  private JsonNode call(String api, String... pairs) {
    CloudReply reply = reply(api, pairs);
    assertThat(reply.isError()).as(reply.body()).isFalse();
    return read(reply);
  }

  private CloudReply reply(String api, String... pairs) {
    Map<String, String> parameters = new TreeMap<>(Map.of("RegionId", "cn-hangzhou"));
    put(parameters, pairs);
    return cloud.call("Ecs", api, parameters, ann, "cn-hangzhou");
  }

  private static void put(Map<String, String> parameters, String... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      parameters.put(pairs[i], pairs[i + 1]);
    }
  }

  private static JsonNode read(CloudReply reply) {
    try {
      return new ObjectMapper().readTree(reply.body());
    } catch (JsonProcessingException notJson) {
      throw new AssertionError(reply.body(), notJson);
    }
  }
}
