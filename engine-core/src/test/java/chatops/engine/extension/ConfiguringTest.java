package chatops.engine.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.engine.extension.ConfigureRequest.Verb;
import chatops.engine.extension.InstalledExtension.State;
import chatops.engine.store.memory.InMemoryExecutionStore;
import chatops.engine.testkit.SettableClock;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfiguringTest {
  private static final String TEXT = """
      FormatVersion: CHATOPS-PACKAGE-1
      Name: agent
      Type: Agent
      Constraints: {InstanceTypeFamilies: [ecs.g7]}
      Parameters:
        port: {Type: Number, Default: 1}
        name: {Type: String, Default: NUMBER}
      Packages:
        - Match: {OSType: linux, Architecture: [x86_64]}
          File: {BucketName: pkgs, RegionId: cn-hangzhou, ObjectName: agent/NUMBER.tgz, Sha256: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}
          InstallScript: bring
          UninstallScript: take
      """;

  private final SettableClock clock = new SettableClock();
  private final InMemoryExecutionStore store = new InMemoryExecutionStore(clock);
  private final Extensions extensions = new Extensions(store.shared());
  private final InstalledExtensions installed = new InstalledExtensions(store.shared());
  private final Set<String> ended = new HashSet<>();
  private final Configuring configuring =
      new Configuring(extensions, installed, clock, execution -> !ended.contains(execution));

  @BeforeEach
  void versions() {
    extensions.create(TEXT.replace("NUMBER", "one"), "ann", clock.instant());
    extensions.update(TEXT.replace("NUMBER", "two"), "ann", clock.instant());
  }

  private static ObjectNode instance(String changed) throws Exception {
    ObjectMapper json = new ObjectMapper();
    ObjectNode instance = (ObjectNode)
        json.readTree(
            "{\"InstanceId\":\"i-1\",\"RegionId\":\"cn-hangzhou\",\"InstanceTypeFamily\":\"ecs.g7\",\"OSName\":\"Ubuntu\",\"VpcAttributes\":{\"VpcId\":\"vpc-1\"}}");
    instance.setAll((ObjectNode) json.readTree(changed));
    return instance;
  }

  private ObjectNode begin(
      Verb verb, String version, String execution, Map<String, String> given, String changed)
      throws Exception {
    return configuring.begin(new ConfigureRequest(
        verb,
        "agent",
        version,
        given,
        instance(changed),
        "",
        new HostFacts("linux", "ubuntu", "22.04", "x86_64"),
        execution,
        execution));
  }

  private List<String> steps(Verb verb, String version, String execution) throws Exception {
    List<String> steps = new ArrayList<>();
    for (JsonNode step : begin(verb, version, execution, Map.of(), "{}").path("steps")) {
      steps.add(step.asText());
    }
    return steps;
  }

  private void done(boolean isInstall, String version, String execution) {
    configuring.report("i-1", "agent", isInstall, version, Map.of(), execution);
  }

  private State state() {
    return installed.find("i-1", "agent").orElseThrow().state();
  }

  private void refused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ExtensionException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void it_goes_from_absent_to_installed_to_updated_to_absent() throws Exception {
    assertThat(steps(Verb.INSTALL, "1", "exec-1")).containsExactly("install V1");
    assertThat(state()).isEqualTo(State.INSTALLING);
    done(true, "V1", "exec-1");
    assertThat(state()).isEqualTo(State.INSTALLED);

    assertThat(steps(Verb.INSTALL, "v1", "exec-2")).isEmpty();
    refused("ExtensionInstalled", () -> steps(Verb.INSTALL, "", "exec-2"));
    assertThat(steps(Verb.UPGRADE, "", "exec-3")).containsExactly("uninstall V1", "install V2");
    assertThat(state()).isEqualTo(State.UPDATING);
    done(false, "V1", "exec-3");
    assertThat(state()).isEqualTo(State.UPDATING);
    done(true, "V2", "exec-3");
    assertThat(state()).isEqualTo(State.INSTALLED);

    assertThat(steps(Verb.UNINSTALL, "", "exec-4")).containsExactly("uninstall V2");
    assertThat(state()).isEqualTo(State.UNINSTALLING);
    done(false, "V2", "exec-4");
    assertThat(installed.on("i-1")).isEmpty();
    assertThat(steps(Verb.UNINSTALL, "", "exec-5")).isEmpty();
  }

  @Test
  void while_one_execution_is_at_it_every_other_is_refused_with_its_id() throws Exception {
    steps(Verb.INSTALL, "", "exec-1");

    assertThatThrownBy(() -> steps(Verb.INSTALL, "", "exec-2"))
        .hasMessageContaining("exec-1")
        .isInstanceOfSatisfying(
            ExtensionException.class, e -> assertThat(e.code()).isEqualTo("ExtensionBusy"));
    // asked again after a crash, the same is said
    assertThat(steps(Verb.INSTALL, "", "exec-1")).containsExactly("install V2");
  }

  @Test
  void what_an_execution_left_half_done_is_taken_up_when_it_has_ended() throws Exception {
    steps(Verb.INSTALL, "1", "exec-1");
    ended.add("exec-1");
    assertThat(steps(Verb.INSTALL, "1", "exec-2")).containsExactly("install V1");
    done(true, "V1", "exec-2");

    steps(Verb.UPGRADE, "", "exec-3");
    done(false, "V1", "exec-3");
    ended.add("exec-3");
    // the old one is gone, the new one not there yet
    assertThat(steps(Verb.UPGRADE, "", "exec-4")).containsExactly("install V2");
    configuring.fail("i-1", "agent", "exec-4", "ExitCodeNonzero", "exit code 4");
    assertThat(state()).isEqualTo(State.UPDATE_FAILED);
    assertThat(steps(Verb.UNINSTALL, "", "exec-5")).containsExactly("uninstall V2");
    ended.add("exec-5");
    assertThat(steps(Verb.UNINSTALL, "", "exec-6")).containsExactly("uninstall V2");
  }

  @Test
  void a_failure_is_kept_by_the_execution_it_belongs_to_and_by_no_other() throws Exception {
    steps(Verb.INSTALL, "1", "exec-1");
    configuring.fail("i-1", "agent", "exec-0", "Other", "");
    assertThat(state()).isEqualTo(State.INSTALLING);

    configuring.fail("i-1", "agent", "exec-1", "ExitCodeNonzero", "x".repeat(9000) + "end");

    InstalledExtension row = installed.find("i-1", "agent").orElseThrow();
    assertThat(row.state()).isEqualTo(State.INSTALL_FAILED);
    assertThat(row.code()).isEqualTo("ExitCodeNonzero");
    assertThat(row.message()).endsWith("end").hasSizeLessThan(2000);
  }

  @Test
  void what_cannot_be_is_refused_and_leaves_no_row() {
    refused(
        "ExtensionScope",
        () -> begin(Verb.INSTALL, "", "e", Map.of(), "{\"InstanceTypeFamily\":\"ecs.c7\"}"));
    refused(
        "InstanceNotInVpc",
        () -> begin(Verb.INSTALL, "", "e", Map.of(), "{\"VpcAttributes\":{\"VpcId\":\"\"}}"));
    refused(
        "BucketInOtherRegion",
        () -> begin(Verb.INSTALL, "", "e", Map.of(), "{\"RegionId\":\"cn-beijing\"}"));
    refused("ExtensionParameter", () -> begin(Verb.INSTALL, "", "e", Map.of("port", "1;id"), "{}"));
    refused("ExtensionParameter", () -> begin(Verb.INSTALL, "", "e", Map.of("none", "1"), "{}"));
    refused("ExtensionVersionNotFound", () -> steps(Verb.INSTALL, "V9", "e"));
    refused("ExtensionNotInstalled", () -> steps(Verb.UPGRADE, "", "e"));
    refused("ExtensionAction", () -> Verb.of("explode"));
    refused("ExtensionNotFound", () -> extensions.version("x".repeat(900), ""));
    refused("ExtensionNotFound", () -> extensions.version("a:b/../c", ""));

    assertThat(installed.on("i-1")).isEmpty();
  }

  @Test
  void a_value_a_person_gave_outlives_an_upgrade_and_a_default_does_not() throws Exception {
    ObjectNode first = begin(Verb.INSTALL, "1", "exec-1", Map.of("port", "7"), "{}");
    assertThat(first.path("scripts").path("install V1").path("parameters").toString())
        .isEqualTo("{\"port\":\"7\"}");
    configuring.report("i-1", "agent", true, "V1", Map.of("port", "7"), "exec-1");

    JsonNode step =
        begin(Verb.UPGRADE, "", "exec-2", Map.of(), "{}").path("scripts").path("install V2");

    assertThat(step.path("parameters").toString()).isEqualTo("{\"port\":\"7\"}");
    assertThat(decoded(step.path("values").asText()))
        .contains("port " + base64("7"), "name " + base64("two"));
  }

  @Test
  void versions_never_change_and_a_changed_text_is_noticed() {
    assertThat(extensions.find("agent").orElseThrow().versions())
        .extracting(Extensions.Version::name)
        .containsExactly("V1", "V2");
    // the same text makes no version
    extensions.update(TEXT.replace("NUMBER", "two"), "bo", clock.instant());
    assertThat(extensions.find("agent").orElseThrow().versions()).hasSize(2);
    assertThat(extensions.version("agent", "v1").text()).contains("agent/one.tgz");
    refused(
        "ExtensionExists",
        () -> extensions.create(TEXT.replace("NUMBER", "x"), "bo", clock.instant()));
    refused(
        "ExtensionNotFound",
        () -> extensions.update(TEXT.replace("Name: agent", "Name: other"), "bo", clock.instant()));

    String key =
        "extension-text:agent:" + extensions.version("agent", "V1").version().hash();
    var row = store.shared().find(key).orElseThrow();
    store
        .shared()
        .put(
            new chatops.engine.store.SharedRow(
                key, "changed", row.value().replace("bring", "steal")),
            row.stamp());
    refused("PackageInvalid", () -> extensions.version("agent", "V1"));
  }

  private static String base64(String text) {
    return java.util.Base64.getEncoder()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static String decoded(String text) {
    return new String(
        java.util.Base64.getDecoder().decode(text), java.nio.charset.StandardCharsets.UTF_8);
  }
}
