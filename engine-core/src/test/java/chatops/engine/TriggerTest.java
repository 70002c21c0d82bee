package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.engine.execution.Watch;
import chatops.engine.id.ExecutionId;
import chatops.engine.testkit.World;
import chatops.engine.view.ExecutionView;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The clock of these worlds begins at 2026-03-01T08:00:00Z, a Sunday. */
class TriggerTest {
  private static final String RUN =
      "  - {Name: act, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: RunCommand}}\n";
  private static final String EVENT = """
      FormatVersion: OOS-2019-06-01
      Parameters: {tags: {Type: Json, Default: []}, shape: {Type: Json, Default: {}}}
      Tasks:
        - Name: event
          Action: ACS::EventTrigger
          Properties:
            Product: ECS
            Name: ['Instance:StateChange']
            Content: {state: [Stopped]}
            Tags: '{{ tags }}'
            OutputTransformer: '{{ shape }}'
          Outputs: {id: {Type: String, ValueSelector: .content.resourceId}, all: {Type: Json, ValueSelector: .}}
        - {Name: act, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: StartInstance, Parameters: {InstanceId: '{{ event.id }}'}}}
      Outputs: {id: {Type: String, Value: '{{ event.id }}'}, all: {Type: Json, Value: '{{ event.all }}'}}
      """;

  private final World world = new World();

  private static String timer(String properties, String tasks) {
    return "FormatVersion: OOS-2019-06-01\nTasks:\n  - {Name: timer, Action: ACS::TimerTrigger, Properties: {"
        + properties + "}}\n" + tasks;
  }

  private static Instant at(String time) {
    return Instant.parse("2026-03-" + time + ":00Z");
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static Watch watch(ExecutionView view) {
    return Objects.requireNonNull(view.watch());
  }

  private List<ExecutionView> children() {
    return world.all().stream().filter(v -> v.parent() != null).toList();
  }

  @Test
  void a_rate_fires_one_interval_after_the_start_and_again_until_its_end() {
    world.template(
        "t", timer("Type: rate, Expression: 30 minutes, EndDate: '2026-03-01T09:45:00Z'", RUN));

    var waiting = world.run("t", "{}");
    assertThat(waiting.status()).isEqualTo("Waiting");
    assertThat(waiting.waitingStatus()).isEqualTo("WaitingForTrigger");
    assertThat(waiting.category()).isEqualTo("TimerTrigger");
    assertThat(waiting.isParent()).isTrue();
    assertThat(watch(waiting).nextAt()).isEqualTo(at("01T08:30"));

    world.live(at("01T12:00"));
    assertThat(children())
        .extracting(ExecutionView::createdAt)
        .containsExactly(at("01T08:30"), at("01T09:00"), at("01T09:30"));
    assertThat(children()).allMatch(c -> c.status().equals("Success") && !c.isParent());
    assertThat(children()).allMatch(c -> World.ID.value().equals(c.parent()));
    var parent = world.view();
    assertThat(parent.status()).isEqualTo("Success");
    assertThat(parent.endedAt()).isEqualTo(at("01T09:45"));
    assertThat(watch(parent).fired()).isEqualTo(3);
    assertThat(watch(parent).lastStatus()).isEqualTo("Success");
    assertThat(world.cloud.effects()).hasSize(3);
  }

  @Test
  void cron_fires_by_the_clock_of_its_time_zone() {
    world.template(
        "t",
        timer(
            "Type: cron, Expression: '0 0 9 ? * MON-FRI', TimeZone: Asia/Shanghai, EndDate: '2026-03-07'",
            RUN));
    world.run("t", "{}");

    world.live(at("08T00:00"));

    assertThat(children())
        .extracting(ExecutionView::createdAt)
        .containsExactly(
            at("02T01:00"), at("03T01:00"), at("04T01:00"), at("05T01:00"), at("06T01:00"));
    assertThat(world.view().status()).isEqualTo("Success");
  }

  @Test
  void at_fires_once_and_the_execution_ends() {
    world.template(
        "t",
        timer(
            "Type: at, Expression: '2026-03-01 20:00:00', TimeZone: Asia/Tokyo, EndDate: '2030-01-01'",
            RUN));
    world.run("t", "{}");

    world.live(at("01T11:01"));

    assertThat(children()).hasSize(1);
    assertThat(world.view().status()).isEqualTo("Success");
  }

  @Test
  void a_start_date_delays_the_first_firing() {
    world.template(
        "t",
        timer(
            "Type: rate, Expression: 1 hour, StartDate: '2026-03-01T10:15:00Z', EndDate: '2026-03-01T12:00:00Z'",
            RUN));
    world.run("t", "{}");

    world.live(at("01T13:00"));

    assertThat(children()).extracting(ExecutionView::createdAt).containsExactly(at("01T11:15"));
  }

  @Test
  void a_firing_is_skipped_while_the_child_before_it_still_runs() {
    world.template(
        "t",
        timer(
            "Type: rate, Expression: 10 minutes, EndDate: '2026-03-01T09:00:00Z'",
            "  - {Name: nap, Action: ACS::Sleep, Properties: {Duration: 25M}}\n"));
    world.run("t", "{}");
    world.live(at("01T08:15"));
    assertThat(world.view().status()).isEqualTo("Running");

    world.live(at("01T10:00"));

    assertThat(children())
        .extracting(ExecutionView::createdAt)
        .containsExactly(at("01T08:10"), at("01T08:40"));
    assertThat(watch(world.view()).skipped()).isEqualTo(3);
    assertThat(world.view().endedAt()).isEqualTo(at("01T09:05"));
  }

  @Test
  void what_nobody_looked_at_in_time_fires_once() {
    world.template(
        "t", timer("Type: rate, Expression: 10 minutes, EndDate: '2026-03-01T12:00:00Z'", RUN));
    world.run("t", "{}");

    world.clock.setAtLeast(at("01T11:05"));
    world.live(at("01T13:00"));

    assertThat(children())
        .extracting(ExecutionView::createdAt)
        .startsWith(at("01T11:05"), at("01T11:10"));
    assertThat(children()).hasSize(6);
  }

  @Test
  void a_schedule_that_never_fires_fails_at_once_and_one_that_cannot_be_read_is_refused() {
    world.template("t", timer("Type: at, Expression: '2020-01-01T00:00:00Z'", RUN));

    assertThat(world.run("t", "{}").statusMessage())
        .contains("never fires after 2026-03-01T08:00:00Z");
    World other = new World().template("u", timer("Type: cron, Expression: '0 0 25 * * ?'", RUN));
    assertThatThrownBy(() -> other.run("u", "{}"))
        .hasMessageContaining("cron, field hour")
        .hasMessageContaining("'25'");
  }

  @Test
  void cancelling_the_parent_cancels_its_children_and_fires_no_more() {
    world.template(
        "t",
        timer(
            "Type: rate, Expression: 10 minutes",
            "  - {Name: nap, Action: ACS::Sleep, Properties: {Duration: 1H}}\n" + RUN));
    world.run("t", "{}");
    world.live(at("01T08:15"));

    world.engine().cancel(World.ID, World.ANN, "enough");
    world.live(at("01T20:00"));

    assertThat(world.all()).hasSize(2).allMatch(v -> v.status().equals("Cancelled"));
    assertThat(world.cloud.effects()).isEmpty();
  }

  @Test
  void a_child_can_be_cancelled_on_its_own() {
    world.template(
        "t",
        timer(
            "Type: rate, Expression: 10 minutes, EndDate: '2026-03-01T08:25:00Z'",
            "  - {Name: nap, Action: ACS::Sleep, Properties: {Duration: 1M}}\n"));
    world.run("t", "{}");
    world.live(at("01T08:10").plusMillis(1));

    world.engine().cancel(new ExecutionId(children().get(0).id()), World.ANN, "");
    world.live(at("01T09:00"));

    assertThat(children())
        .extracting(ExecutionView::status)
        .containsExactly("Cancelled", "Success");
    assertThat(world.view().status()).isEqualTo("Success");
  }

  @Test
  void an_event_that_matches_starts_one_child_which_reads_it() {
    world.cloud.instance("i-1", "Stopped").instance("i-2", "Stopped");
    world.template("t", EVENT);
    world.run("t", "{}");
    var stopped = json(
        "{\"product\":\"ECS\",\"name\":\"Instance:StateChange\",\"content\":{\"resourceId\":\"i-1\",\"state\":\"Stopped\"}}");

    var accepted = world.engine().trigger(World.ID, stopped, "e-1");
    assertThat(accepted.state()).isEqualTo(Triggered.State.ACCEPTED);
    assertThat(world.engine().trigger(World.ID, stopped, "e-1").state())
        .isEqualTo(Triggered.State.REPEATED);
    var second = json(stopped.toString().replace("i-1", "i-2"));
    assertThat(world.engine().trigger(World.ID, second, "e-2").state())
        .isEqualTo(Triggered.State.ACCEPTED);
    world.live(at("01T08:30"));
    assertThat(world.engine().trigger(World.ID, stopped, "e-1").state())
        .isEqualTo(Triggered.State.REPEATED);
    world.live(at("01T09:00"));

    assertThat(world.cloud.effects())
        .containsExactlyInAnyOrder("StartInstance i-1", "StartInstance i-2");
    assertThat(children())
        .extracting(v -> v.outputs().path("id").asText())
        .containsExactlyInAnyOrder("i-1", "i-2");
    assertThat(world.view().waitingStatus()).isEqualTo("WaitingForTrigger");
    assertThat(watch(world.view()).firings()).isEmpty();
  }

  @Test
  void events_that_the_properties_do_not_let_through_start_nothing_and_say_why() {
    world.template("t", EVENT);
    world.run("t", "{\"tags\":[{\"Key\":\"env\",\"Value\":\"prod\"}]}");

    assertThat(
            world.engine().trigger(World.ID, json("{\"product\":\"RDS\"}"), "1").message())
        .contains("product is \"RDS\", wanted is \"ECS\"");
    assertThat(world
            .engine()
            .trigger(World.ID, json("{\"content\":{\"state\":\"Running\"}}"), "2")
            .message())
        .contains("content.state is \"Running\"");
    var untagged =
        world.engine().trigger(World.ID, json("{\"content\":{\"state\":\"Stopped\"}}"), "3");
    assertThat(untagged.state()).isEqualTo(Triggered.State.NOT_MATCHING);
    assertThat(untagged.message()).contains("tag env is not there");
    var tagged = json("{\"content\":{\"state\":\"Stopped\",\"tags\":{\"env\":\"prod\"}}}");
    assertThat(world.engine().trigger(World.ID, tagged, "4").state())
        .isEqualTo(Triggered.State.ACCEPTED);
  }

  @Test
  void an_output_transformer_reshapes_the_event() {
    world.cloud.instance("i-1", "Stopped");
    world.template("t", EVENT);
    world.run(
        "t",
        "{\"shape\":{\"content\":{\"resourceId\":\".content.id\"},\"kind\":\"plain\",\"none\":\".x\"}}");

    world
        .engine()
        .trigger(World.ID, json("{\"content\":{\"id\":\"i-1\",\"state\":\"Stopped\"}}"), "1");
    world.live(at("01T08:30"));

    assertThat(children().get(0).outputs().path("all"))
        .hasToString("{\"content\":{\"resourceId\":\"i-1\"},\"kind\":\"plain\",\"none\":null}");
  }

  @Test
  void only_an_execution_that_waits_for_a_trigger_can_be_triggered() {
    world.template("t", "FormatVersion: OOS-2019-06-01\nTasks:\n" + RUN);
    assertThat(world.engine().trigger(World.ID, json("{}"), "1").state())
        .isEqualTo(Triggered.State.UNKNOWN);
    world.run("t", "{}");

    assertThat(world.engine().trigger(World.ID, json("{}"), "1").state())
        .isEqualTo(Triggered.State.ENDED);
  }

  @Test
  void a_template_with_a_trigger_cannot_be_nested() {
    world.template("child", timer("Type: rate, Expression: 10 minutes", RUN));
    world.template("ACS::X::Timed", timer("Type: rate, Expression: 10 minutes", RUN));
    world.template(
        "t",
        "FormatVersion: OOS-2019-06-01\nParameters: {name: {Type: String}}\nTasks:\n  - {Name: n, Action: ACS::Template, Properties: {TemplateName: '{{ name }}'}}\n");
    world.template(
        "u", "FormatVersion: OOS-2019-06-01\nTasks:\n  - {Name: n, Action: 'ACS::X::Timed'}\n");

    assertThat(world.run("t", "{\"name\":\"child\"}").statusMessage())
        .contains("starts with the trigger ACS::TimerTrigger");
    assertThatThrownBy(() -> world.run("u", "{}")).hasMessageContaining("starts with the trigger");
  }
}
