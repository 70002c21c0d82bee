package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.execution.Decision;
import chatops.engine.testkit.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Published templates, unchanged, on this engine; read in place through {@code CHATOPS_CORPUS}. */
@EnabledIfEnvironmentVariable(named = "CHATOPS_CORPUS", matches = ".+")
class RunCorpusTest {
  private final Path corpus = Path.of(System.getenv().getOrDefault("CHATOPS_CORPUS", ""));
  private final World world = new World();

  private void template(String name, String file) throws IOException {
    world.template(name, Files.readString(corpus.resolve(file)));
  }

  @Test
  void the_documented_bulk_reboot_with_approval_runs_unchanged() throws IOException {
    template("bulk", "seeds/BulkyRebootInstancesWithApproval.yml");
    template("ACS::ECS::RebootInstance", "product-actions/ECS/ACS::ECS::RebootInstance.yml");
    world.cloud.instance("i-1", "Running").instance("i-2", "Running");

    var waiting = world.run("bulk", """
            {"targets":{"Type":"ResourceIds","ResourceIds":["i-1","i-2"],"RegionId":"cn-hangzhou"},
             "webHookUrl":"https://oapi.dingtalk.com/robot/send?access_token=x",
             "rateControl":{"Mode":"Concurrency","Concurrency":"100%","MaxErrors":0},
             "atMobiles":["13000000000"],"atAll":"false","OOSAssumeRole":"OOSServiceRole"}
            """);
    assertThat(waiting.waitingStatus()).as(waiting.statusMessage()).isEqualTo("WaitingForApproval");
    assertThat(world.hooks.get(0)).contains("13000000000", "\"isAtAll\":false");
    world.vote(World.BO, Decision.APPROVE);

    assertThat(world.drive().status()).isEqualTo("Success");
    assertThat(world.cloud.effects())
        .containsExactlyInAnyOrder("RebootInstance i-1", "RebootInstance i-2");
  }

  @Test
  void the_vendors_bulk_start_runs_with_its_own_start_action() throws IOException {
    template("bulk", "public-templates/ACS-ECS-BulkyStartInstances.yml");
    template("ACS::ECS::StartInstance", "product-actions/ECS/ACS::ECS::StartInstance.yml");
    world.cloud.instance("i-1", "Stopped").instance("i-2", "Stopped");

    var view = world.run(
        "bulk",
        "{\"targets\":{\"Type\":\"ResourceIds\",\"ResourceIds\":[\"i-2\",\"i-1\"],\"RegionId\":\"cn-hangzhou\"}}");

    assertThat(view.status()).as(view.statusMessage()).isEqualTo("Success");
    assertThat(view.outputs()).hasToString("{\"instanceIds\":[\"i-2\",\"i-1\"]}");
    assertThat(world.cloud.status("i-1") + world.cloud.status("i-2")).isEqualTo("RunningRunning");
  }
}
