package chatops.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeployTablesCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CloudSim sim = CloudSim.builder().start();

  @AfterEach
  void stop() {
    sim.close();
  }

  private int run(Map<String, String> environment, String... arguments) {
    return Chatops.run(arguments, environment, stream(out), stream(err));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private Map<String, String> environment(Policy policy) {
    Principal.RamUser user = sim.identities().user("deployer", policy);
    Map<String, String> environment = new HashMap<>();
    environment.put("ALIBABA_CLOUD_ACCESS_KEY_ID", user.accessKeyId());
    environment.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", user.accessKeySecret());
    environment.put("CHATOPS_ENDPOINTS", "ots=" + sim.tablestoreUrl());
    return environment;
  }

  @Test
  void tables_are_made_once_and_checked_ever_after() {
    sim.tablestore().instance("ops");
    Map<String, String> environment = environment(Policy.allow("ots:*"));

    assertThat(run(environment, "deploy-tables", "ops")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("chatops_execution: made", "all 7 tables serve", "7 made");
    out.reset();
    assertThat(run(environment, "deploy-tables", "ops")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("chatops_execution: is there", "nothing to do");
  }

  @Test
  void missing_keys_and_a_missing_instance_are_told_without_a_stack_trace() {
    assertThat(run(Map.of(), "deploy-tables", "ops")).isEqualTo(Chatops.WRONG);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("ALIBABA_CLOUD_ACCESS_KEY_ID is not set")
        .doesNotContain("\tat ");
    err.reset();
    assertThat(run(environment(Policy.allow("ots:*")), "deploy-tables", "ops"))
        .isEqualTo(Chatops.WRONG);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("OTSAuthFailed", "instance is not found")
        .doesNotContain("\tat ");
  }

  @Test
  void a_user_without_the_right_is_told_what_was_refused() {
    sim.tablestore().instance("ops");

    assertThat(run(environment(Policy.allow("ots:List*")), "deploy-tables", "ops"))
        .isEqualTo(Chatops.WRONG);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("OTSNoPermissionAccess", "making table");
  }
}
