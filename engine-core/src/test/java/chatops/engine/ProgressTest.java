package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.notice.Notice;
import chatops.engine.run.Settings;
import chatops.engine.testkit.World;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final String EACH = """
      FormatVersion: OOS-2019-06-01
      Parameters: {secret: {Type: String, NoEcho: true}}
      Tasks:
        - Name: each
          Action: ACS::WaitFor
          DelayType: Constant
          Delay: 4
          Retries: 20
          Properties:
            Service: ECS
            API: Look
            PropertySelector: .State
            DesiredValues: [Success]
            StopRetryValues: [Failed]
            StopReason: '{Code: "ExitCodeNonzero", Message: .Said}'
            Progress: .Said
          Outputs: {said: {Type: String, ValueSelector: .Said}}
          Loop: {Items: [i-1, i-2], RateControl: {Mode: Concurrency, Concurrency: 1, MaxErrors: 5}}
      """;

  private final World world = new World().settings(Settings.defaults());

  @Test
  void what_a_waiting_task_says_is_shown_now_and_then_when_it_is_new() {
    world.template("t", EACH);
    world.cloud.script(
        "ECS.Look",
        List.of(
            said("Running", "line 1"),
            said("Running", "line 1\nline 2"),
            said("Running", "line 1\nline 2\nhunter22"),
            said("Running", "line 1\nline 2\nhunter22"),
            said("Success", "done"),
            said("Running", "other"),
            said("Success", "done")));

    world.run("t", "{\"secret\":\"hunter22\"}");

    assertThat(world.notices(Notice.Progress.class))
        .extracting(Notice.Progress::text, Notice.Progress::done, Notice.Progress::total)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("▸ i-1\nline 1", 0, 2),
            org.assertj.core.groups.Tuple.tuple("▸ i-1\nline 1\nline 2", 0, 2),
            org.assertj.core.groups.Tuple.tuple("▸ i-1\nline 1\nline 2\n******", 0, 2),
            org.assertj.core.groups.Tuple.tuple("▸ i-2\nother", 1, 2));
    assertThat(world.notices(Notice.Progress.class))
        .extracting(notice -> notice.envelope().id())
        .doesNotHaveDuplicates();
  }

  @Test
  void the_chat_is_not_told_more_often_than_every_three_seconds() {
    world.template("t", EACH.replace("Delay: 4", "Delay: 1"));
    world.cloud.script(
        "ECS.Look",
        List.of(
            said("Running", "1"),
            said("Running", "2"),
            said("Running", "3"),
            said("Running", "4"),
            said("Success", "done"),
            said("Success", "done")));

    world.run("t", "{\"secret\":\"x\"}");

    List<Notice.Progress> told = world.notices(Notice.Progress.class);
    assertThat(told).hasSize(2);
    assertThat(told.get(1).envelope().at())
        .isAfterOrEqualTo(told.get(0).envelope().at().plusSeconds(3));
  }

  @Test
  void the_end_tells_what_became_of_each_item() {
    world.template("t", EACH);
    world.cloud.script("ECS.Look", List.of(said("Failed", "no space"), said("Success", "done")));

    world.run("t", "{\"secret\":\"hunter22\"}");

    Notice.Ended ended = world.notices(Notice.Ended.class).get(0);
    assertThat(ended.items())
        .extracting(Notice.Item::name, Notice.Item::status, Notice.Item::code, Notice.Item::message)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("i-1", "Failed", "ExitCodeNonzero", "no space"),
            org.assertj.core.groups.Tuple.tuple("i-2", "Success", "", ""));
    assertThat(ended.items().get(1).outputs().path("said").asText()).isEqualTo("done");
  }

  private static ObjectNode said(String state, String text) {
    return JsonNodeFactory.instance.objectNode().put("State", state).put("Said", text);
  }
}
