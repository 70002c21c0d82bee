package chatops.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {
  private static final String ASK = """
      FormatVersion: OOS-2019-06-01
      RamRole: OOSServiceRole
      Parameters:
        stackName: {Type: String, AllowedPattern: 'stack-[a-z]{4}'}
        wanted: {Type: String, Default: CREATE_COMPLETE}
      Tasks:
        - {Name: hold, Action: 'ACS::Pause'}
        - Name: create
          Action: ACS::ExecuteAPI
          Properties: {Service: ROS, API: CreateStack, Parameters: {StackName: '{{ stackName }}'}}
          Outputs: {id: {Type: String, ValueSelector: StackId}}
        - Name: ready
          Action: ACS::WaitFor
          Properties: {Service: ROS, API: GetStack, Parameters: {StackId: '{{ create.id }}'}, PropertySelector: Status, DesiredValues: ['{{ wanted }}']}
          Outputs: {address: {Type: String, ValueSelector: '.Outputs[]|select(.OutputKey=="url")|.OutputValue'}}
      Outputs: {address: {Type: String, Value: '{{ ready.address }}'}}
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir
  Path folder = Path.of("");

  private int simulate(Object... arguments) {
    String[] line = new String[arguments.length + 1];
    line[0] = "simulate";
    for (int i = 0; i < arguments.length; i++) {
      line[i + 1] = arguments[i].toString();
    }
    return Chatops.run(line, Map.of(), stream(out), stream(err));
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    return Files.writeString(file, text);
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private String told() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void a_template_that_asks_and_waits_walks_to_its_end() throws IOException {
    assertThat(simulate(write("a.yml", ASK))).as("%s", lines()).isZero();

    assertThat(lines().get(0)).endsWith("a.yml: Success");
    assertThat(lines())
        .anyMatch(line -> line.matches(" +\\+0:00  Success +ready \\(ACS::WaitFor\\)"))
        .anyMatch(
            line -> line.matches(".*call +ROS CreateStack \\{\"StackName\":\"stack-[a-z]{4}\".*"));
    assertThat(lines().get(lines().size() - 1))
        .isEqualTo("simulate: 1 templates: 1 Success, 0 Failed, 0 Cancelled, 0 Refused");
  }

  @Test
  void json_is_one_object_per_template_and_the_count_is_told_apart() throws IOException {
    Path file = write("a.yml", ASK);

    assertThat(simulate("--json", file)).isZero();
    assertThat(lines()).hasSize(1);
    JsonNode object = new JsonMapper().readTree(lines().get(0));
    assertThat(object.properties().stream().map(Map.Entry::getKey))
        .containsExactly("file", "status", "reason", "tasks", "calls");
    assertThat(object.path("file").asText()).isEqualTo(file.toString());
    assertThat(object.path("tasks")).hasSize(3);
    assertThat(object.path("tasks").path(2).path("outputs").path("address").asText())
        .isNotEmpty();
    assertThat(object.path("calls").path(1).path("api").asText()).isEqualTo("GetStack");
    assertThat(told().strip())
        .isEqualTo("simulate: 1 templates: 1 Success, 0 Failed, 0 Cancelled, 0 Refused");
  }

  @Test
  void an_id_of_one_answer_is_asked_for_in_the_next_call() throws IOException {
    simulate("--json", write("a.yml", ASK));

    JsonNode calls = new JsonMapper().readTree(lines().get(0)).path("calls");
    assertThat(calls.path(1).path("parameters").path("StackId"))
        .isEqualTo(calls.path(0).path("reply").path("StackId"));
  }

  @Test
  void parameters_can_be_given() throws IOException {
    Path file = write("a.yml", ASK);

    assertThat(simulate(file, "--param", "stackName=stack-mine", "--param", "wanted=READY"))
        .isZero();
    assertThat(String.join("\n", lines())).contains("\"StackName\":\"stack-mine\"");
  }

  @Test
  void a_parameter_that_is_not_allowed_or_not_declared_is_refused() throws IOException {
    Path file = write("a.yml", ASK);

    assertThat(simulate(file, "--param", "stackName=mine")).isEqualTo(1);
    assertThat(lines().get(0)).contains("a.yml: Refused — ").contains("stack-[a-z]{4}");
    assertThat(simulate(file, "--param", "stakName=stack-mine")).isEqualTo(1);
    assertThat(String.join("\n", lines())).contains("unknown parameter 'stakName'");
  }

  @Test
  void a_template_with_errors_is_refused_with_its_place() throws IOException {
    assertThat(simulate(write("a.yml", ASK.replace("ACS::Pause", "ACS::Paus")))).isEqualTo(1);

    assertThat(lines().get(0)).contains(": Refused — ").contains("7:").contains("ACS::Paus");
    assertThat(lines().get(1))
        .isEqualTo("simulate: 1 templates: 0 Success, 0 Failed, 0 Cancelled, 1 Refused");
  }

  @Test
  void what_no_answer_can_satisfy_fails() throws IOException {
    Path file = write("a.yml", """
        FormatVersion: OOS-2019-06-01
        RamRole: OOSServiceRole
        Tasks:
          - Name: never
            Action: ACS::CheckFor
            Properties: {Service: ROS, API: GetStack, PropertySelector: '.Status | length < 0', DesiredValues: [true]}
        """);

    assertThat(simulate(file)).isEqualTo(1);
    assertThat(lines().get(0)).contains(": Failed — never: NotAsDesired");
  }

  @Test
  void a_directory_is_run_with_the_actions_in_it() throws IOException {
    write("caller.yml", """
        FormatVersion: OOS-2019-06-01
        RamRole: OOSServiceRole
        Tasks: [{Name: paint, Action: 'ACS::Studio::Paint', Outputs: {colour: {Type: String, ValueSelector: colour}}}]
        """);
    write("actions/Studio/Paint.yml", """
        FormatVersion: OOS-2019-06-01
        Tasks: [{Name: look, Action: 'ACS::ExecuteAPI', Properties: {Service: ROS, API: GetStack}, Outputs: {s: {Type: String, ValueSelector: Colour}}}]
        Outputs: {colour: {Type: String, Value: '{{ look.s }}'}}
        """);
    write("package.json", "{\"name\": \"x\"}");

    assertThat(simulate(folder)).isZero();
    assertThat(lines().get(lines().size() - 1)).startsWith("simulate: 2 templates: 2 Success");
    assertThat(told()).contains("passed over 1 files");
  }

  @Test
  void a_scenario_lays_down_the_answers_and_what_did_not_come_is_a_difference() throws IOException {
    Path file = write("a.yml", ASK);
    Path scenario = write("s.yaml", """
        scenario: the stack is refused
        parameters: {stackName: stack-test}
        replies:
          - {service: ros, api: createstack, error: {code: QuotaExceeded, status: 403}}
        expect:
          status: Success
          calls:
            - {service: ROS, api: CreateStack, parameters: {StackName: stack-test}}
            - {api: GetStack}
        """);

    assertThat(simulate(file, "--scenario", scenario)).isEqualTo(1);
    assertThat(lines().stream().map(String::strip))
        .contains("- Success", "- GetStack")
        .anyMatch(line -> line.startsWith("+ Failed: create: ") && line.contains("QuotaExceeded"));
  }

  @Test
  void a_scenario_that_holds_passes_although_the_template_fails() throws IOException {
    Path scenario = write("s.yaml", """
        scenario: the stack is never ready
        replies:
          - service: ROS
            api: GetStack
            sequence:
              - reply: {Status: CREATE_IN_PROGRESS}
              - error: {code: Throttling}
              - reply: {Status: CREATE_FAILED}
        decisions: [{task: hold, decide: approve}]
        expect:
          status: Failed
          reason: CREATE_FAILED
          tasks: {hold: Success, create: Success, ready: Failed}
        """);

    assertThat(simulate(write("a.yml", ASK), "--scenario", scenario))
        .as("%s", lines())
        .isZero();
  }

  @Test
  void a_rejection_cancels_and_outputs_are_compared() throws IOException {
    Path file = write("a.yml", ASK);
    Path rejected = write("rejected.yaml", """
        scenario: nobody wants it
        decisions: [{task: hold, decide: reject}]
        expect: {status: Cancelled, calls: []}
        """);
    Path output = write("output.yaml", """
        scenario: the address is told
        replies:
          - {service: ROS, api: GetStack, reply: {Status: CREATE_COMPLETE, Outputs: [{OutputKey: url, OutputValue: here}]}}
        expect: {outputs: {address: there}}
        """);

    assertThat(simulate(file, "--scenario", rejected)).isZero();
    assertThat(simulate(file, "--scenario", output)).isEqualTo(1);
    assertThat(String.join("\n", lines())).contains("- \"there\"").contains("+ \"here\"");
  }

  @Test
  void in_failure_pause_mode_a_scenario_decides_what_becomes_of_a_failed_task() throws IOException {
    Path file = write("a.yml", ASK);
    String scenario = """
        scenario: the stack is refused once
        mode: FailurePause
        replies:
          - {service: ROS, api: CreateStack, call: 1, error: {code: QuotaExceeded, status: 403}}
        decisions: [{task: create, decide: DECIDE}]
        expect: {status: STATUS, calls-include: [{api: CreateStack, error: QuotaExceeded}, {api: NEXT}]}
        """;
    String retried = scenario.replace("DECIDE", "retry").replace("STATUS", "Success");
    String cancelled = scenario.replace("DECIDE", "cancel").replace("STATUS", "Cancelled");

    assertThat(simulate(file, "--scenario", write("r.yaml", retried.replace("NEXT", "GetStack"))))
        .as("%s", lines())
        .isZero();
    assertThat(
            simulate(file, "--scenario", write("c.yaml", cancelled.replace(", {api: NEXT}", ""))))
        .as("%s", lines())
        .isZero();
  }

  @Test
  void in_debug_mode_every_task_is_run_by_hand() throws IOException {
    Path scenario = write("s.yaml", "{scenario: by hand, mode: Debug, expect: {status: Success}}");

    assertThat(simulate(write("a.yml", ASK), "--scenario", scenario))
        .as("%s", lines())
        .isZero();
  }

  @Test
  void mistakes_of_a_scenario_are_told_with_their_places_and_nothing_runs() throws IOException {
    Path file = write("a.yml", ASK);
    Path scenario = write("s.yaml", """
        scenario: wrong
        replys: []
        expect:
          status: Succes
        """);

    assertThat(simulate(file, "--scenario", scenario)).isEqualTo(2);
    assertThat(told())
        .contains(scenario + ":2:1: ")
        .contains("'replys'")
        .contains(scenario + ":4:3: ");
    assertThat(simulate(file, "--scenario", write("t.yaml", "scenario: [a"))).isEqualTo(2);
    assertThat(told()).contains("t.yaml:1:").contains("no YAML");
    assertThat(lines()).isEmpty();
  }

  @Test
  void an_instance_that_stands_there_twice_and_a_time_that_is_none_are_told() throws IOException {
    Path file = write("a.yml", ASK);

    assertThat(simulate(file, "--scenario", write("s.yaml", """
        scenario: wrong
        instances: [{id: i-1}, {id: i-1}]
        """))).isEqualTo(2);
    assertThat(simulate(file, "--scenario", write("t.yaml", """
        scenario: wrong
        start: '2026-02-30T25:00:00Z'
        """))).isEqualTo(2);
    assertThat(told())
        .contains("s.yaml:2:24: there are two instances i-1")
        .contains("t.yaml:2:1: there is no such time")
        .doesNotContain("Exception");
    assertThat(lines()).isEmpty();
  }

  @Test
  void what_is_printed_is_what_a_scenario_expects_although_nobody_decides_or_nothing_runs()
      throws IOException {
    Path waits = write("w.yml", """
        FormatVersion: OOS-2019-06-01
        Tasks: [{Name: hold, Action: 'ACS::Pause'}]
        """);
    Path wrong = write("r.yml", """
        FormatVersion: OOS-2019-06-01
        Tasks: [{Name: hold, Action: 'ACS::Paus'}]
        """);
    Path forever = write("s.yaml", """
        {scenario: nobody decides, decisions: [{task: hold, decide: wait}], expect: {status: Failed}}
        """);
    Path refused = write("t.yaml", "{scenario: refused, expect: {status: Refused}}");

    assertThat(simulate(waits, "--scenario", forever)).as("%s", lines()).isZero();
    assertThat(simulate(wrong, "--scenario", refused)).as("%s", lines()).isZero();
    assertThat(simulate(wrong, "--scenario", forever)).isEqualTo(1);
    assertThat(lines()).contains("    - Failed").anyMatch(line -> line.startsWith("    + Refused"));
  }

  @Test
  void a_misspelt_task_is_not_taken_for_one_that_had_no_turn() throws IOException {
    Path scenario = write("s.yaml", "{scenario: misspelt, expect: {tasks: {raedy: not taken}}}");

    assertThat(simulate(write("a.yml", ASK), "--scenario", scenario)).isEqualTo(1);
    assertThat(lines()).contains("    - not taken", "    + (no such task)");
  }

  @Test
  void what_is_done_with_each_of_all_instances_has_its_turn() throws IOException {
    Path file = write("a.yml", """
        FormatVersion: OOS-2019-06-01
        Tasks:
          - Name: list
            Action: ACS::ExecuteAPI
            Properties: {Service: ECS, API: DescribeInstances}
            Outputs: {ids: {Type: List, ValueSelector: 'Instances.Instance[].InstanceId'}}
          - Name: reboot
            Action: ACS::ExecuteAPI
            Properties: {Service: ECS, API: RebootInstance, Parameters: {InstanceId: '{{ ACS::TaskLoopItem }}'}}
            Loop: {Items: '{{ list.ids }}'}
        """);

    assertThat(simulate(file)).as("%s", lines()).isZero();
    assertThat(lines()).anyMatch(line -> line.contains("call       ECS RebootInstance"));
  }

  @Test
  void a_selector_with_a_function_that_calls_itself_is_read() throws IOException {
    Path file = write("a.yml", """
        FormatVersion: OOS-2019-06-01
        Tasks:
          - Name: look
            Action: ACS::ExecuteAPI
            Properties: {Service: ROS, API: ListStacks}
            Outputs: {id: {Type: String, ValueSelector: 'def ending: if length > 1 then .[1:] | ending else .[0].StackId end; .Stacks | ending'}}
        """);

    assertThat(simulate(file)).as("%s", lines()).isZero();
  }

  @Test
  void a_wrong_command_line_is_told() throws IOException {
    Path file = write("a.yml", ASK);

    assertThat(simulate(folder.resolve("nowhere"))).isEqualTo(2);
    assertThat(simulate(file, "--param", "x")).isEqualTo(2);
    assertThat(simulate(file, "--catalog", folder.resolve("nowhere"))).isEqualTo(2);
    assertThat(simulate(file, "--scenario", folder.resolve("nowhere"))).isEqualTo(2);
    assertThat(told())
        .contains("nowhere: no such file or directory")
        .contains("--param x: expected NAME=VALUE")
        .contains("--catalog ")
        .contains("--scenario ");
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
