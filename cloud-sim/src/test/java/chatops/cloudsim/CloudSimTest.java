package chatops.cloudsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.cloudsim.cloud.CloudReply;
import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.identity.Policy;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

class CloudSimTest {
  @Test
  void a_taken_port_is_named_and_the_ports_opened_before_it_are_given_back() {
    try (CloudSim first = CloudSim.builder().start()) {
      int taken = first.slackUrl().getPort();
      int free;
      try (CloudSim probe = CloudSim.builder().start()) {
        free = probe.openApiUrl().getPort();
      }

      assertThatThrownBy(
              () -> CloudSim.builder().openApiPort(free).slackPort(taken).start())
          .hasMessageContaining("127.0.0.1:" + taken)
          .hasMessageContaining("choose another port");
      try (CloudSim second = CloudSim.builder().openApiPort(free).start()) {
        assertThat(second.openApiUrl().getPort()).isEqualTo(free);
      }
    }
  }

  @Test
  void the_same_seed_and_the_same_calls_give_the_same_ids() {
    ToIntFunction<CloudSim> play = sim -> {
      String id = sim.fleet().launch(InstanceSpec.named("web-01"));
      var ann = sim.identities().user("ann", Policy.allow("ecs:*"));
      CloudReply reply = sim.cloud().call("Ecs", "StopInstance", Map.of("InstanceId", id), ann, "");
      return (id + reply.body() + sim.slack().app().signingSecret()).hashCode();
    };

    try (CloudSim one = CloudSim.builder().seed(42).start();
        CloudSim two = CloudSim.builder().seed(42).start();
        CloudSim other = CloudSim.builder().seed(43).start()) {
      assertThat(play.applyAsInt(one))
          .isEqualTo(play.applyAsInt(two))
          .isNotEqualTo(play.applyAsInt(other));
    }
  }

  @Test
  void secrets_do_not_stand_in_the_call_log() {
    try (CloudSim sim = CloudSim.builder().start()) {
      var ann = sim.identities().user("ann", Policy.allow("ecs:*"));

      sim.cloud()
          .call(
              "Ecs",
              "StopInstance",
              Map.of("InstanceId", "i-1", "Password", "hunter2", "ClientToken", "t1"),
              ann,
              "");

      assertThat(sim.log().records()).singleElement().satisfies(record -> {
        assertThat(record.parameters())
            .containsEntry("Password", "***")
            .containsEntry("ClientToken", "t1");
        assertThat(record.toString()).doesNotContain("hunter2");
      });
    }
  }
}
