package chatops.front.dingtalk;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Platform;
import chatops.chat.fc.FunctionClient.Receipt;
import chatops.chat.handover.HandOver;
import chatops.chat.json.JsonWriter;
import chatops.chat.reply.ReplyAddress;
import chatops.front.FrontBench;
import chatops.front.chat.Verification;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DingTalkCardDoorTest {
  private final FrontBench front;

  DingTalkCardDoorTest(@TempDir Path folder) {
    front = DingTalkCalls.front(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "the reference's vector,1760000000000,Xb/i7xXtxvjjlesTqE/1iys83/ePSxqotNq/Ocysq2Y=,1760000000000,true",
    "its second,1595925864847,xnBENZKoYbPiEX7TzjTy35B2Dv4RlEs6ks4/GYlmGOY=,1595925864847,true",
    "5 minutes old,1760000000000,Xb/i7xXtxvjjlesTqE/1iys83/ePSxqotNq/Ocysq2Y=,1760000300000,true",
    "a moment older,1760000000000,Xb/i7xXtxvjjlesTqE/1iys83/ePSxqotNq/Ocysq2Y=,1760000300001,false",
    "too early,1760000000000,Xb/i7xXtxvjjlesTqE/1iys83/ePSxqotNq/Ocysq2Y=,1759999939999,false",
    "another timestamp,1760000000001,Xb/i7xXtxvjjlesTqE/1iys83/ePSxqotNq/Ocysq2Y=,1760000000001,false",
    "twice,1760000000000,'Xb/i7xXtxvjjlesTqE/1iys83/ePSxqotNq/Ocysq2Y=,x',1760000000000,false",
    "none,1760000000000,'',1760000000000,false",
  })
  void signatures(String name, String timestamp, String sign, long now, boolean authentic) {
    DingTalkSignature signature = DingTalkSignature.ofCard(List.of("other", "mySecret"));

    assertThat(
            signature.verify(timestamp, sign, Instant.ofEpochMilli(now))
                instanceof Verification.Authentic)
        .as(name)
        .isEqualTo(authentic);
  }

  @Test
  void a_press_is_handed_over_as_the_decision_of_whom_dingtalk_names() {
    FrontBench.Answer answer = press("staff02", "approve", DingTalkCalls.token(front));

    HandOver.Decide decide = (HandOver.Decide) front.execution.messages.get(0);
    assertThat(decide.principal().id()).isEqualTo("dingtalk:dingcorp0001/staff02");
    assertThat(decide.place().channel()).isEqualTo("cid1");
    assertThat(decide.executionId()).isEqualTo("exec-abcdefghijk");
    assertThat(decide.approvalId()).isEqualTo("ap1");
    assertThat(decide.approve()).isTrue();
    assertThat(decide.reason()).isEqualTo("looks good");
    assertThat(decide.guard()).isNotNull();
    ReplyAddress reply = front.seal.open(decide.reply(), decide.executionId(), Platform.DINGTALK);
    assertThat(reply.message()).isEqualTo("exec-abcdefghijk:ap1");
    assertThat(answer.status()).isEqualTo(200);
    // the card itself waits for Execution: only who pressed is told that it arrived
    assertThat(answer.body()).contains("userPrivateData", "note").doesNotContain("\"cardData\"");
  }

  @Test
  void the_older_secret_is_good_while_both_are_active() {
    String body =
        JsonWriter.write(DingTalkCalls.press("staff02", "reject", DingTalkCalls.token(front)));

    assertThat(DingTalkCalls.post(
                front,
                "/dingtalk/card",
                DingTalkCalls.cardHeaders("older-secret", front.clock.millis()),
                body)
            .status())
        .isEqualTo(200);
    assertThat(((HandOver.Decide) front.execution.messages.get(0)).approve()).isFalse();
  }

  @Test
  void of_two_people_who_press_in_the_same_millisecond_one_is_asked_to_press_again() {
    String token = DingTalkCalls.token(front);
    press("staff02", "approve", token);
    front.clock.advance(Duration.ofMillis(-1));
    FrontBench.Answer other = press("staff03", "reject", token);
    front.clock.advance(Duration.ofMillis(-1));
    press("staff02", "approve", token);

    List<HandOver.Decide> decisions =
        front.execution.messages.stream().map(m -> (HandOver.Decide) m).toList();
    assertThat(other.body()).contains("press again");
    assertThat(decisions).hasSize(2);
    assertThat(decisions.get(1).decisionId()).isEqualTo(decisions.get(0).decisionId());
    assertThat(front.execution.taskIds.get(1)).isEqualTo(front.execution.taskIds.get(0));
    assertThat(Objects.requireNonNull(decisions.get(1).guard()))
        .isEqualTo(decisions.get(0).guard());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "e30.e30", "OTHER", "ELSEWHERE", "LINK"})
  void a_press_without_the_token_of_this_very_card_is_nobodys(String kind) {
    Instant until = front.clock.instant().plus(Duration.ofDays(1));
    String token = switch (kind) {
      case "OTHER" ->
        front.linkKey.card(
            new chatops.chat.handover.ApprovalRef("exec-abcdefghijk", "ap2"), "cid1", until);
      case "ELSEWHERE" -> DingTalkCalls.token(front) + "x";
      case "LINK" -> front.linkKey.link(DingTalkCalls.APPROVAL, until);
      default -> kind;
    };

    assertThat(press("staff02", "approve", token).status()).isEqualTo(401);
    assertThat(front.execution.messages).isEmpty();
  }

  @Test
  void a_card_of_last_year_says_that_it_is_too_old() {
    String token =
        front.linkKey.card(DingTalkCalls.APPROVAL, "cid1", front.clock.instant().minusSeconds(1));

    FrontBench.Answer answer = press("staff02", "approve", token);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("note");
    assertThat(front.execution.messages).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"corpId,other,401", "userId,,200", "content,nonsense,400", "content,[],400"})
  void what_does_not_hold_together_is_refused(String field, String value, int status) {
    Map<String, Object> body =
        DingTalkCalls.press("staff02", "approve", DingTalkCalls.token(front));
    body.put(field, value == null ? "" : value);

    assertThat(post(JsonWriter.write(body)).status()).isEqualTo(status);
    assertThat(front.execution.messages).isEmpty();
  }

  @Test
  void an_action_that_is_not_ours_does_nothing() {
    assertThat(press("staff02", "delete", DingTalkCalls.token(front)).status()).isEqualTo(200);
    assertThat(front.execution.messages).isEmpty();
  }

  @Test
  void who_presses_when_nothing_arrives_is_told_to_look() {
    front.execution.receipts.addAll(List.of(Receipt.UNKNOWN, Receipt.UNKNOWN));
    String unsure = press("staff02", "approve", DingTalkCalls.token(front)).body();
    String received = press("staff02", "approve", DingTalkCalls.token(front)).body();

    assertThat(unsure).contains("note").isNotEqualTo(received);
  }

  @Test
  void without_a_registered_secret_no_card_is_answered(@TempDir Path folder) {
    FrontBench plain = new FrontBench(folder);

    assertThat(DingTalkCalls.post(
                plain,
                "/dingtalk/card",
                DingTalkCalls.cardHeaders(DingTalkCalls.CARD_SECRET, plain.clock.millis()),
                JsonWriter.write(
                    DingTalkCalls.press("staff02", "approve", DingTalkCalls.token(plain))))
            .status())
        .isIn(401, 404);
    assertThat(plain.execution.messages).isEmpty();
  }

  private FrontBench.Answer press(String person, String action, String token) {
    return post(JsonWriter.write(DingTalkCalls.press(person, action, token)));
  }

  /** Each with a signature of its own. */
  private FrontBench.Answer post(String body) {
    front.clock.advance(Duration.ofMillis(1));
    return DingTalkCalls.post(
        front,
        "/dingtalk/card",
        DingTalkCalls.cardHeaders(DingTalkCalls.CARD_SECRET, front.clock.millis()),
        body);
  }
}
