package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.testkit.Cases;
import chatops.engine.testkit.World;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code {{ oos:… }}} and {@code {{ oos-secret:… }}} (specification 3.1 and 17.11). */
class StoredValuesTest {
  private final World world = new World();

  private void template(String task) {
    world.template("stored", """
        FormatVersion: OOS-2019-06-01
        Parameters: {os: {Type: String, Default: linux}}
        Tasks:
          - Name: call
            Action: ACS::ExecuteAPI
            Properties: {Service: X, API: DoIt, Parameters: %s}
            Outputs: {said: {Type: String, ValueSelector: .said}}
        Outputs:
          said: {Type: String, Value: '{{ call.said }}'}
        """.formatted(task));
  }

  private static List<ObjectNode> answers(String... yaml) {
    return Stream.of(yaml).map(text -> (ObjectNode) Cases.tree(text)).toList();
  }

  @Test
  void only_the_branch_that_is_selected_is_fetched() {
    template(
        "{c: {'Fn::Select': ['{{ os }}', {linux: '{{oos:aliyun/linux}}', windows: '{{oos:aliyun/windows}}'}]}}");
    world.cloud.script("OOS.GetParameter", answers("{Parameter: {Value: script}}"));
    world.cloud.script("X.DoIt", answers("{said: ok}"));

    var view = world.run("stored", "{}");

    assertThat(view.status()).as(view.statusMessage()).isEqualTo("Success");
    assertThat(world.cloud.requests()).hasSize(2);
    assertThat(world.cloud.requests().get(0).parameters())
        .hasToString("{\"RegionId\":\"cn-hangzhou\",\"Name\":\"aliyun/linux\"}");
    assertThat(world.cloud.requests().get(1).parameters()).hasToString("{\"c\":\"script\"}");
  }

  @Test
  void a_secret_is_sent_and_shown_nowhere() {
    template("{p: '{{ oos-secret:db }}', q: {'Fn::Base64Encode': '{{ oos-secret:db }}'}}");
    world.cloud.script("OOS.GetSecretParameter", answers("{Parameter: {Value: 's3cret \"x\"'}}"));
    world.cloud.script("X.DoIt", answers("{said: 'you said s3cret \"x\" or czNjcmV0ICJ4Ig=='}"));

    var view = world.run("stored", "{}");

    assertThat(world.cloud.requests().get(1).parameters().path("p").asText())
        .isEqualTo("s3cret \"x\"");
    assertThat(world.cloud.requests().get(1).parameters().path("q").asText())
        .isEqualTo("czNjcmV0ICJ4Ig==");
    assertThat(world.cloud.requests()).as("read once").hasSize(2);
    assertThat(view.outputs().path("said").asText()).isEqualTo("you said ****** or ******");
    String all = view + " " + world.engine().tasks(World.ID) + " "
        + world.engine().logs(World.ID, 0, 100) + world.notices;
    assertThat(all).doesNotContain("s3cret").doesNotContain("czNjcmV0");
  }

  @Test
  void a_value_that_is_not_there_fails_the_task_and_says_which() {
    template("{p: '{{ oos:nobody }}'}");
    world.cloud.script("OOS.GetParameter", answers("{Code: EntityNotExists.Parameter}"));

    var view = world.run("stored", "{}");

    assertThat(view.status()).isEqualTo("Failed");
    assertThat(view.statusMessage()).contains("OOS.GetParameter", "EntityNotExists.Parameter");
  }

  @Test
  void a_lost_answer_of_the_store_is_asked_for_again() {
    template("{p: '{{ oos:x }}'}");
    world.cloud.script("OOS.GetParameter", answers("{$lost: true}", "{Parameter: {Value: v}}"));
    world.cloud.script("X.DoIt", answers("{said: ok}"));

    assertThat(world.run("stored", "{}").status()).isEqualTo("Success");
  }

  @Test
  void a_store_that_wants_fewer_reads_is_asked_slower() {
    template("{p: '{{ oos:x }}'}");
    world.cloud.throttle("GetParameter", 5);
    world.cloud.script("OOS.GetParameter", answers("{Parameter: {Value: v}}"));
    world.cloud.script("X.DoIt", answers("{said: ok}"));
    Instant start = world.clock.instant();

    assertThat(world.run("stored", "{}").status()).isEqualTo("Success");
    assertThat(world.clock.instant()).isEqualTo(start.plusSeconds(1 + 2 + 4 + 8 + 16));
  }

  @Test
  void a_default_cannot_read_the_store() {
    world.template("stored", """
        FormatVersion: OOS-2019-06-01
        Parameters: {p: {Type: String, Default: '{{ oos-secret:x }}'}}
        Tasks: [{Name: call, Action: ACS::ExecuteAPI, Properties: {Service: X, API: DoIt, Parameters: {p: '{{ p }}'}}}]
        """);

    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> world.engine().start(world.wish("stored", "{}")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("write it into the task's Properties");
  }
}
