package chatops.front.slack;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Platform;
import chatops.chat.fc.FunctionClient.Receipt;
import chatops.chat.handover.HandOver;
import chatops.chat.json.JsonObject;
import chatops.front.FrontBench;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackButtonTest {
  private static final String CLICK = """
      {"type":"block_actions","user":{"id":"U2","username":"bob","team_id":"T0001"},"team":{"id":"T0001"},"channel":{"id":"C1"},
       "api_app_id":"A123456","response_url":"https://hooks.slack.com/actions/T0001/1/abc","message":{"ts":"1.1"},"trigger_id":"7.7",
       "actions":[{"type":"button","block_id":"b","action_id":"approve","value":"exec-abc:approve1","action_ts":"2.2"}]}
      """;

  @TempDir
  Path folder = Path.of("");

  private FrontBench front = new FrontBench(Path.of("target"));

  @BeforeEach
  void start() {
    front = new FrontBench(folder);
  }

  @Test
  void a_press_is_handed_over_as_a_decision() {
    FrontBench.Answer answer = press(CLICK);

    HandOver.Decide decide = (HandOver.Decide) front.execution.messages.get(0);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(decide.approve()).isTrue();
    assertThat(decide.executionId()).isEqualTo("exec-abc");
    assertThat(decide.approvalId()).isEqualTo("approve1");
    assertThat(decide.principal().id()).isEqualTo("slack:T0001/U2");
    assertThat(front.seal.open(decide.reply(), "exec-abc", Platform.SLACK).replaceable())
        .isTrue();
  }

  @Test
  void a_press_twice_delivered_is_one_decision_and_another_press_is_another() {
    press(CLICK);
    front.clock.advance(Duration.ofSeconds(1));
    press(CLICK);
    press(CLICK.replace("\"2.2\"", "\"2.3\""));
    press(CLICK.replace("\"approve\"", "\"reject\""));

    var ids = front.execution.messages.stream()
        .map(m -> ((HandOver.Decide) m).decisionId())
        .toList();
    assertThat(ids.get(1)).isEqualTo(ids.get(0));
    assertThat(ids.stream().distinct()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"retry", "skip", "stop"})
  void a_press_beside_an_unknown_outcome_is_handed_over_as_an_answer(String word) {
    press(CLICK.replace("\"approve\"", "\"" + word + "\"").replace("approve1", "oq1"));

    HandOver.Answer answer = (HandOver.Answer) front.execution.messages.get(0);
    assertThat(answer.answer()).isEqualTo(word);
    assertThat(answer.questionId()).isEqualTo("oq1");
    assertThat(answer.principal().id()).isEqualTo("slack:T0001/U2");
  }

  @Test
  void whoever_presses_is_named_by_the_home_workspace() {
    press(CLICK.replace("\"team_id\":\"T0001\"", "\"team_id\":\"T0666\""));

    assertThat(((HandOver.Decide) front.execution.messages.get(0)).principal().id())
        .isEqualTo("slack:T0666/U2");
  }

  @Test
  void a_press_without_team_is_placed_by_the_person() {
    assertThat(
            press(CLICK.replace("\"team\":{\"id\":\"T0001\"}", "\"team\":null")).status())
        .isEqualTo(200);
    assertThat(((HandOver.Decide) front.execution.messages.get(0)).place().tenant())
        .isEqualTo("T0001");
  }

  @ParameterizedTest
  @CsvSource({
    "REJECTED,REJECTED,did not arrive",
    "UNKNOWN,UNKNOWN,is not confirmed",
    "UNKNOWN,REJECTED,is not confirmed",
    "THROTTLED,THROTTLED,did not arrive",
  })
  void a_press_that_did_not_arrive_is_told_to_the_person_alone(
      Receipt first, Receipt second, String told) {
    try (SlackPeer slack = new SlackPeer()) {
      front = new FrontBench(folder, FrontBench.RIGHTS, slack.environment());
      front.execution.receipts.add(first);
      front.execution.receipts.add(second);

      FrontBench.Answer answer = press(at(slack));

      assertThat(answer.status()).isEqualTo(200);
      JsonObject post = slack.requests("/actions/T0001/1/abc").get(0);
      assertThat(post.text("response_type")).isEqualTo("ephemeral");
      assertThat(post.flag("replace_original")).isFalse();
      assertThat(post.text("text")).contains(told, "/oos show exec-abc");
    }
  }

  @Test
  void a_press_that_may_be_lost_warns_beside_the_button_where_nothing_can_be_told() {
    try (SlackPeer slack = new SlackPeer()) {
      front = new FrontBench(folder, FrontBench.RIGHTS, slack.environment());
      slack.answers("/actions/T0001/1/abc", SlackPeer.reset());
      front.execution.receipts.add(Receipt.UNKNOWN);
      front.execution.receipts.add(Receipt.UNKNOWN);

      assertThat(press(at(slack)).status()).isEqualTo(503);
    }
  }

  @Test
  void a_button_of_another_version_is_explained() {
    try (SlackPeer slack = new SlackPeer()) {
      front = new FrontBench(folder, FrontBench.RIGHTS, slack.environment());

      assertThat(press(at(slack).replace("exec-abc:approve1", "req-1")).status())
          .isEqualTo(200);
      assertThat(slack.requests("/actions/T0001/1/abc").get(0).text("text"))
          .contains("no longer know this button");
      assertThat(front.execution.messages).isEmpty();
    }
  }

  private static String at(SlackPeer slack) {
    return CLICK.replace("https://hooks.slack.com/actions/T0001/1/abc", slack.responseUrl());
  }

  @Test
  void buttons_of_other_places_and_apps_decide_nothing() {
    assertThat(
            press(CLICK.replace("\"team_id\":\"T0001\"", "\"x\":1").replace("T0001\"}", "T0009\"}"))
                .status())
        .isEqualTo(503);
    assertThat(press(CLICK.replace("A123456", "A9")).status()).isEqualTo(401);
    assertThat(press(CLICK.replace("hooks.slack.com", "evil.com")).status()).isEqualTo(400);
    assertThat(front.execution.messages).isEmpty();
  }

  @Test
  void links_and_other_payloads_are_acknowledged_and_lead_to_nothing() {
    assertThat(press(CLICK.replace("\"approve\"", "\"open-2\"")).status()).isEqualTo(200);
    assertThat(press(CLICK.replace("block_actions", "view_submission")).status())
        .isEqualTo(200);
    assertThat(front.execution.messages).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{}",
        "{\"type\":1}",
        "{\"type\":\"block_actions\",\"actions\":{}}",
        "{\"type\":\"block_actions\",\"api_app_id\":\"A123456\",\"actions\":[{\"action_id\":\"approve\"}]}"
      })
  void a_malformed_payload_is_refused_and_breaks_nothing(String payload) {
    assertThat(press(payload).status()).isIn(400, 401);
    assertThat(front.execution.messages).isEmpty();
  }

  @Test
  void a_large_message_around_the_button_passes_and_a_huge_one_does_not() {
    assertThat(press(CLICK.replace(
                "\"ts\":\"1.1\"", "\"ts\":\"1.1\",\"text\":\"" + "x".repeat(200_000) + "\""))
            .status())
        .isEqualTo(200);
    assertThat(press(CLICK.replace(
                "\"ts\":\"1.1\"", "\"ts\":\"1.1\",\"text\":\"" + "x".repeat(270_000) + "\""))
            .status())
        .isEqualTo(401);
  }

  private FrontBench.Answer press(String payload) {
    return SlackCalls.post(
        front,
        "/slack/interactive",
        "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8));
  }
}
