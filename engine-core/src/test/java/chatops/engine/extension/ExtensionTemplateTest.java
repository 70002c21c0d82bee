package chatops.engine.extension;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.catalog.BundledCatalog;
import chatops.engine.extension.InstalledExtension.State;
import chatops.engine.testkit.World;
import chatops.engine.view.ExecutionView;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shipped templates with a cloud that answers as it is told. */
class ExtensionTemplateTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HOST =
      "{\"osType\":\"linux\",\"platform\":\"ubuntu\",\"platformVersion\":\"22.04\",\"architecture\":\"x86_64\"}\n";

  private final World world = new World();
  private final InstalledExtensions installed = new InstalledExtensions(world.store.shared());

  @BeforeEach
  void templates() throws Exception {
    BundledCatalog bundled = new BundledCatalog();
    bundled
        .names()
        .forEach(
            name -> world.template(name, bundled.find(name, "").orElseThrow().text()));
    new Extensions(world.store.shared())
        .create(PackageReaderTest.WHOLE, "ann", world.clock.instant());
    world.cloud.instance("i-1", "Running");
    world.cloud.script(
        "ECS.DescribeImages",
        answers("{\"Images\":{\"Image\":[{\"ImageOwnerAlias\":\"system\"}]}}"));
    world.cloud.script(
        "OSS.GenerateUrl", answers("{\"Url\":\"https://pkgs/demo.tgz?x-oss-signature=abc123\"}"));
  }

  private static List<ObjectNode> answers(String... bodies) throws JsonProcessingException {
    List<ObjectNode> answers = new ArrayList<>();
    for (String body : bodies) {
      answers.add((ObjectNode) JSON.readTree(body));
    }
    return answers;
  }

  private void results(String... bodies) throws JsonProcessingException {
    world.cloud.script("ECS.DescribeInvocationResults", answers(bodies));
  }

  private static String result(String status, int exit, String output) {
    return "{\"Invocation\":{\"InvocationResults\":{\"InvocationResult\":[{\"InvocationStatus\":\""
        + status + "\",\"ExitCode\":" + exit + ",\"ErrorCode\":\""
        + (exit == 0 ? "" : "ExitCodeNonzero") + "\",\"Output\":\""
        + Base64.getEncoder().encodeToString(output.getBytes(StandardCharsets.UTF_8)) + "\"}]}}}";
  }

  private ExecutionView run(String action) {
    return world.run(
        "ACS::ECS::ConfigureExtension",
        "{\"regionId\":\"cn-hangzhou\",\"instanceId\":\"i-1\",\"extension\":\"demo-agent\",\"action\":\""
            + action + "\",\"parameters\":{\"mode\":\"m1\"}}");
  }

  @Test
  void an_installation_asks_for_facts_signs_a_url_runs_one_script_and_keeps_the_state()
      throws Exception {
    results(result("Success", 0, HOST), result("Success", 0, "there it is"));

    ExecutionView view = run("install");

    assertThat(view.status()).as(view.toString()).isEqualTo("Success");
    assertThat(view.outputs().path("output").asText()).isEqualTo("there it is");
    assertThat(installed.find("i-1", "demo-agent").orElseThrow().state())
        .isEqualTo(State.INSTALLED);
    List<chatops.engine.cloud.ApiRequest> commands = world.cloud.requests().stream()
        .filter(request -> request.api().equals("RunCommand"))
        .toList();
    assertThat(commands).hasSize(2);
    assertThat(commands.get(1).parameters().path("Parameters").path("url").asText())
        .endsWith("x-oss-signature=abc123");
    // neither a value nor the author's script is a part of the text that is run
    assertThat(commands.get(1).parameters().path("CommandContent").asText())
        .contains("chatops_url='{{url}}'", "'{{values}}'")
        .doesNotContain("m1", "./setup");
  }

  @Test
  void a_script_that_fails_fails_the_execution_with_its_code_and_words_and_is_kept()
      throws Exception {
    results(result("Success", 0, HOST), result("Failed", 2, "no answer"));

    ExecutionView view = run("install");

    assertThat(view.status()).isEqualTo("Failed");
    assertThat(view.toString()).contains("ExtensionHealthCheckFailed", "exit code 2", "no answer");
    InstalledExtension row = installed.find("i-1", "demo-agent").orElseThrow();
    assertThat(row.state()).isEqualTo(State.INSTALL_FAILED);
    assertThat(row.code()).isEqualTo("ExtensionHealthCheckFailed");
    assertThat(row.message()).contains("no answer");
  }

  @Test
  void a_host_that_nothing_fits_fails_before_anything_is_run_on_it() throws Exception {
    results(result("Success", 0, HOST.replace("22.04", "18.04")));

    ExecutionView view = run("install");

    assertThat(view.toString()).contains("PackageNotMatched", "PlatformVersion '18.04'");
    assertThat(world.cloud.count("RunCommand")).isEqualTo(1);
    assertThat(installed.on("i-1")).isEmpty();
  }

  @Test
  void no_signature_is_in_what_people_are_told() throws Exception {
    results(result("Success", 0, HOST), result("Failed", 101, "cannot fetch demo.tgz"));

    run("install");

    assertThat(world.notices.toString()).doesNotContain("abc123");
    assertThat(world.engine().logs(World.ID, 0, 100).toString()).doesNotContain("abc123");
  }
}
