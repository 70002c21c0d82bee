package chatops.front.slack;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.fc.FunctionClient.Receipt;
import chatops.chat.handover.HandOver;
import chatops.chat.json.JsonWriter;
import chatops.front.Answered;
import chatops.front.FrontBench;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody gets silence from Front either: in the person's language, with the cause, what to do next, and the id where there is one. */
class SlackFailureAnswersTest {
  private static final String AGAIN = "Like this: .|Did you mean|Keep one|Close it|type it again"
      + "|正确写法：.|请只保留|请补上|请重新输入"
      + "|書き方：.|一つにして|閉じるか|もう一度入力";

  @TempDir
  Path folder = Path.of("");

  private FrontBench front(String language) {
    return new FrontBench(folder, Answered.rights(language), Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // slash command ; what is typed ; what tells the cause
        "/ecs ; frobnicate i-1 ; frobnicate",
        "/ecs ; strat i-1 ; strat",
        "/ecs ; start ; start",
        "/ecs ; start i-1 --regoin x ; --regoin",
        "/ecs ; start i-1 --region ; --region",
        "/ecs ; start i-1 --region a --region b ; --region",
        "/ecs ; start i-1 --lang xx ; --lang",
        "/ecs ; start web ; web",
        "/ecs ; start i-1 name:web-* ; i-1",
        "/ecs ; start \"i-1 ; .",
        "/ecs ; start \ufffd ; .",
        "/ecs ; run clean i-1 ; ecs run",
        "/ecs ; script i-1 -- ; .",
        "/oos ; run ECS-StartInstances targets ; targets",
        "/oos ; run ECS-StartInstances a=1 A=2 ; A",
        "/oos ; cancel ; cancel",
      })
  void what_is_mistyped(String command, String text, String cause) {
    for (String language : Answered.LANGUAGES) {
      FrontBench.Answer answer =
          SlackCalls.say(front(language), text, "command", command, "text", text);

      assertThat(answer.status()).isEqualTo(200);
      Answered.whole(answer.body(), language, cause, AGAIN);
    }
  }

  @Test
  void what_is_too_long() {
    for (String language : Answered.LANGUAGES) {
      FrontBench.Answer answer = SlackCalls.say(front(language), "start " + "i-1 ".repeat(2500));

      assertThat(answer.status()).isEqualTo(200);
      Answered.whole(answer.body(), language, ".", "8000");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // a field of the request ; its value ; what is typed ; what tells the cause
        "user_id ; U9 ; status ; U9",
        "team_id ; T0009 ; status ; T0009",
        "channel_id ; C9 ; status ; C9",
        "text ; stop i-1 ; stop i-1 ; ecs stop",
        "text ; start i-1 --region cn-beijing ; start ; cn-beijing",
        "text ; start i-1 --role Admin ; start ; Admin",
      })
  void what_is_not_allowed(String field, String value, String text, String cause) {
    for (String language : Answered.LANGUAGES) {
      FrontBench.Answer answer = SlackCalls.say(front(language), text, field, value);

      Answered.whole(answer.body(), language, cause, "/oos whoami");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "REJECTED,REJECTED",
    "UNKNOWN,UNKNOWN",
    "UNKNOWN,REJECTED",
    "THROTTLED,THROTTLED",
    "THROTTLED,DUPLICATE"
  })
  void what_was_not_handed_over_for_certain(Receipt first, Receipt second) {
    for (String language : Answered.LANGUAGES) {
      FrontBench front = front(language);
      front.execution.receipts.add(first);
      front.execution.receipts.add(second);

      FrontBench.Answer answer = SlackCalls.say(front, "start i-1");

      String id = ((HandOver.Run) front.execution.messages.get(0)).executionId();
      Answered.whole(answer.body(), language, "/ecs start i-1", id);
    }
  }

  @ParameterizedTest
  @CsvSource({"REJECTED,REJECTED", "UNKNOWN,UNKNOWN", "THROTTLED,THROTTLED"})
  void what_was_pressed_and_not_handed_over_for_certain(Receipt first, Receipt second) {
    for (String language : Answered.LANGUAGES) {
      try (SlackPeer slack = new SlackPeer()) {
        FrontBench front = new FrontBench(folder, Answered.rights(language), slack.environment());
        front.execution.receipts.add(first);
        front.execution.receipts.add(second);

        press(front, slack, "exec-abc:approve1");

        Answered.whole(told(slack), language, "exec-abc", "/oos show exec-abc");
      }
    }
  }

  @Test
  void a_button_that_nobody_knows_any_more() {
    for (String language : Answered.LANGUAGES) {
      try (SlackPeer slack = new SlackPeer()) {
        FrontBench front = new FrontBench(folder, Answered.rights(language), slack.environment());

        press(front, slack, "of another version");

        Answered.whole(told(slack), language, ".", "/oos help");
      }
    }
  }

  private static String told(SlackPeer slack) {
    Map<String, Object> all = new HashMap<>();
    slack.requests("/actions/T0001/1/abc").forEach(json -> all.put("text", json.text("text")));
    return JsonWriter.write(all);
  }

  private static void press(FrontBench front, SlackPeer slack, String value) {
    String payload = """
        {"type":"block_actions","user":{"id":"U2","username":"bob","team_id":"T0001"},"team":{"id":"T0001"},"channel":{"id":"C1"},
         "api_app_id":"A123456","response_url":"URL","message":{"ts":"1.1"},"trigger_id":"7.7",
         "actions":[{"type":"button","block_id":"b","action_id":"approve","value":"VALUE","action_ts":"2.2"}]}
        """.replace("URL", slack.responseUrl()).replace("VALUE", value);
    SlackCalls.post(
        front,
        "/slack/interactive",
        "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8));
  }
}
