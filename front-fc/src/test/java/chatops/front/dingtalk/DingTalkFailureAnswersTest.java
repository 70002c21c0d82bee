package chatops.front.dingtalk;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.fc.FunctionClient.Receipt;
import chatops.chat.handover.HandOver;
import chatops.chat.json.JsonWriter;
import chatops.front.Answered;
import chatops.front.FrontBench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Front answers in DingTalk when something goes wrong. */
class DingTalkFailureAnswersTest {
  @TempDir
  Path folder = Path.of("");

  private FrontBench front(String language) {
    return new FrontBench(
        folder,
        Answered.rights(language),
        Map.of("DINGTALK_CARD_SECRET", DingTalkCalls.CARD_SECRET));
  }

  private static FrontBench.Answer say(FrontBench front, Map<String, Object> message) {
    return DingTalkCalls.post(
        front,
        "/dingtalk/robot",
        DingTalkCalls.robotHeaders(FrontBench.DINGTALK_SECRET, front.clock.millis()),
        JsonWriter.write(message));
  }

  private static FrontBench.Answer press(FrontBench front, String token) {
    return DingTalkCalls.post(
        front,
        "/dingtalk/card",
        DingTalkCalls.cardHeaders(DingTalkCalls.CARD_SECRET, front.clock.millis()),
        JsonWriter.write(DingTalkCalls.press("staff02", "approve", token)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "frobnicate ; frobnicate ; ecs status",
        "/ecs strat i-1 ; strat ; ecs start",
        "/ecs start ; start ; /ecs start",
        "/ecs start web ; web ; i-bp1",
        "/oos run ECS-StartInstances targets ; targets ; =",
        "/ecs stop i-1 ; ecs stop ; /oos whoami",
        "/ecs start i-1 --region cn-beijing ; cn-beijing ; /oos whoami",
        "/oos page ; . ; .",
      })
  void what_is_mistyped_or_not_allowed(String text, String cause, String next) {
    for (String language : Answered.LANGUAGES) {
      FrontBench front = front(language);

      FrontBench.Answer answer = say(front, DingTalkCalls.message(front, text));

      assertThat(answer.status()).isEqualTo(200);
      // Markdown is escaped, and means the same
      Answered.whole(answer.body().replace("\\\\", ""), language, cause, next);
    }
  }

  @Test
  void who_cannot_be_told_and_what_is_no_text() {
    for (String language : Answered.LANGUAGES) {
      FrontBench front = front(language);
      Map<String, Object> nobody = DingTalkCalls.message(front, "/ecs status");
      nobody.remove("senderStaffId");
      Map<String, Object> picture = DingTalkCalls.message(front, "");
      picture.put("msgtype", "picture");

      Answered.whole(say(front, nobody).body(), language, ".", ".");
      Answered.whole(say(front, picture).body(), language, ".", ".");
    }
  }

  @ParameterizedTest
  @CsvSource({"REJECTED,REJECTED", "UNKNOWN,UNKNOWN", "THROTTLED,THROTTLED"})
  void what_was_not_handed_over_for_certain(Receipt first, Receipt second) {
    for (String language : Answered.LANGUAGES) {
      FrontBench front = front(language);
      front.execution.receipts.add(first);
      front.execution.receipts.add(second);
      FrontBench.Answer answer = say(front, DingTalkCalls.message(front, "/ecs status"));
      String id = ((HandOver.Run) front.execution.messages.get(0)).executionId();
      Answered.whole(answer.body(), language, "/ecs status", id);

      front.execution.receipts.add(first);
      front.execution.receipts.add(second);
      Answered.whole(press(front, DingTalkCalls.token(front)).body(), language, "note", ".");
    }
  }

  @Test
  void a_card_that_is_too_old() {
    for (String language : Answered.LANGUAGES) {
      FrontBench front = front(language);
      String token = DingTalkCalls.token(front);
      front.clock.advance(Duration.ofDays(2));

      Answered.whole(press(front, token).body(), language, "note", "/oos approve");
    }
  }
}
