package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.engine.share.Freeze;
import chatops.engine.testkit.World;
import chatops.engine.testkit.Yaml;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FreezeTest {
  private final World world = new World().template("ECS-Start", Yaml.START);

  @BeforeEach
  void instance() {
    world.cloud.instance("i-1", "Stopped");
  }

  private Freeze freeze(String pattern) {
    return new Freeze(pattern, "slack:T1/U2", world.clock.instant(), "release");
  }

  private StartExecution start() {
    return world.wish("ECS-Start", "{\"instanceId\":\"i-1\"}");
  }

  @Test
  void nothing_starts_while_everything_is_frozen_and_the_refusal_says_who_and_why() {
    world.engine().freeze(freeze("*"));

    assertThatThrownBy(() -> world.engine().start(start()))
        .isInstanceOf(FrozenException.class)
        .hasMessageContaining("slack:T1/U2")
        .hasMessageContaining("release");
    assertThat(world.engine().find(World.ID)).isEmpty();
    assertThat(world.engine().freezes()).hasSize(1);
  }

  @Test
  void a_pattern_freezes_what_it_matches_and_nothing_else() {
    world.engine().freeze(freeze("ecs-re*"));
    assertThat(world.engine().start(start())).isEqualTo(Started.CREATED);

    world.engine().freeze(freeze("ecs-st*"));
    assertThat(world.engine().freezes()).hasSize(2);
    StartExecution other = new StartExecution(
        new chatops.engine.id.ExecutionId("exec-otherone"),
        "ECS-Start",
        "",
        start().parameters(),
        World.ANN,
        "",
        java.util.Map.of(),
        "cn-hangzhou",
        "");
    assertThatThrownBy(() -> world.engine().start(other)).isInstanceOf(FrozenException.class);
  }

  @Test
  void what_runs_goes_on_and_its_repeated_delivery_is_no_new_start() {
    world.engine().start(start());
    world.engine().freeze(freeze("*"));

    assertThat(world.engine().start(start())).isEqualTo(Started.ALREADY_THERE);
    assertThat(world.drive().status()).isEqualTo("Success");
  }

  @Test
  void unfreezing_lifts_exactly_that_pattern() {
    world.engine().freeze(freeze("*"));
    world.engine().freeze(freeze("ECS-*"));

    assertThat(world.engine().unfreeze("ecs-*", World.BO)).isTrue();
    assertThat(world.engine().unfreeze("ecs-*", World.BO)).isFalse();
    assertThatThrownBy(() -> world.engine().start(start())).isInstanceOf(FrozenException.class);
    assertThat(world.engine().unfreeze("*", World.BO)).isTrue();
    assertThat(world.engine().start(start())).isEqualTo(Started.CREATED);
  }

  @Test
  void who_froze_and_thawed_what_and_when_stays_in_the_store() {
    world.engine().freeze(freeze("*"));
    world.engine().unfreeze("*", World.ANN);

    assertThat(world.store.shared().find("freeze").orElseThrow().value())
        .contains("\"change\":\"freeze\"", "slack:T1/U2", "release")
        .contains("\"change\":\"unfreeze\"", "slack:T1/U1");
  }
}
