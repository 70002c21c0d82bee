package chatops.front.dingtalk;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Platform;
import chatops.chat.fc.FunctionClient.Receipt;
import chatops.chat.handover.HandOver;
import chatops.chat.reply.ReplyAddress;
import chatops.front.FrontBench;
import chatops.front.chat.Verification;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DingTalkDoorTest {
  private static final String TIMESTAMP = "1760000000000";
  private static final String BODY = """
      {"msgtype":"text","text":{"content":" /ecs start i-bp1abc "},"msgId":"msg1","createAt":1760000000000,"conversationType":"2",
       "conversationId":"cid1","senderId":"$:x","senderStaffId":"staff01","senderCorpId":"dingcorp0001","chatbotCorpId":"dingcorp0001",
       "senderNick":"安","isAdmin":true,"robotCode":"normal",
       "sessionWebhook":"https://oapi.dingtalk.com/robot/sendBySession?session=secret-session","sessionWebhookExpiredTime":1760005400060}
      """;

  @TempDir
  Path folder = Path.of("");

  private FrontBench front = new FrontBench(Path.of("target"));

  @BeforeEach
  void start() {
    front = new FrontBench(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "the published vector,1577262236757,SUqWQEJ9+RdTIxkqdeRBSzTvtAsGkzT2WeN7auysMXE=,1577262236757,true",
    "5 minutes old,1577262236757,SUqWQEJ9+RdTIxkqdeRBSzTvtAsGkzT2WeN7auysMXE=,1577262536757,true",
    "a moment older,1577262236757,SUqWQEJ9+RdTIxkqdeRBSzTvtAsGkzT2WeN7auysMXE=,1577262536758,false",
    "a minute early,1577262236757,SUqWQEJ9+RdTIxkqdeRBSzTvtAsGkzT2WeN7auysMXE=,1577262176757,true",
    "more than a minute early,1577262236757,SUqWQEJ9+RdTIxkqdeRBSzTvtAsGkzT2WeN7auysMXE=,1577262176756,false",
    "encoded for a URL,1577262236757,SUqWQEJ9%2BRdTIxkqdeRBSzTvtAsGkzT2WeN7auysMXE%3D,1577262236757,false",
    "another timestamp,1577262236758,SUqWQEJ9+RdTIxkqdeRBSzTvtAsGkzT2WeN7auysMXE=,1577262236757,false",
    "cut,1577262236757,SUqWQEJ9+RdTIxkqdeRBSzTvtAsGkzT2WeN7auysMXE,1577262236757,false",
    "seconds,1577262236,SUqWQEJ9+RdTIxkqdeRBSzTvtAsGkzT2WeN7auysMXE=,1577262236757,false",
    "not numeric,1577262236757x,SUqWQEJ9+RdTIxkqdeRBSzTvtAsGkzT2WeN7auysMXE=,1577262236757,false",
    "negative,-1577262236757,SUqWQEJ9+RdTIxkqdeRBSzTvtAsGkzT2WeN7auysMXE=,1577262236757,false",
    "too long,15772622367570000000,SUqWQEJ9+RdTIxkqdeRBSzTvtAsGkzT2WeN7auysMXE=,1577262236757,false",
    "empty,1577262236757,'',1577262236757,false",
    "twice,1577262236757,'SUqWQEJ9+RdTIxkqdeRBSzTvtAsGkzT2WeN7auysMXE=,x',1577262236757,false",
  })
  void signatures(String name, String timestamp, String sign, long now, boolean authentic) {
    DingTalkSignature signature =
        DingTalkSignature.ofRobot(List.of("another-secret", "this-is-a-test-secret"));

    assertThat(
            signature.verify(timestamp, sign, Instant.ofEpochMilli(now)) == Verification.AUTHENTIC)
        .as(name)
        .isEqualTo(authentic);
  }

  @Test
  void a_message_is_handed_over_with_the_guard_of_its_pair() {
    FrontBench.Answer answer = post(BODY);

    HandOver.Run run = (HandOver.Run) front.execution.messages.get(0);
    assertThat(run.principal().id()).isEqualTo("dingtalk:dingcorp0001/staff01");
    assertThat(run.place().channel()).isEqualTo("cid1");
    assertThat(run.command().name()).isEqualTo("ecs start");
    assertThat(run.guard()).isNotNull();
    ReplyAddress reply = front.seal.open(run.reply(), run.executionId(), Platform.DINGTALK);
    assertThat(reply.url()).endsWith("session=secret-session");
    assertThat(reply.urlExpiresAt()).isEqualTo(Instant.ofEpochMilli(1_760_005_400_060L));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().text("msgtype")).isEqualTo("markdown");
    assertThat(answer.body()).contains("Accepted", run.executionId(), "@staff01");
    assertThat(answer.body() + front.log).doesNotContain("secret-session");
  }

  @Test
  void the_guard_tells_the_same_message_from_another_with_the_same_pair() {
    post(BODY);
    post(BODY);
    post(BODY.replace("i-bp1abc", "i-bp1xyz"));

    var guards =
        front.execution.messages.stream().map(m -> ((HandOver.Run) m).guard()).toList();
    assertThat(guards.get(1)).isEqualTo(guards.get(0));
    assertThat(guards.get(2))
        .extracting(g -> g == null ? "" : g.pairHash())
        .isEqualTo(guards.get(0) == null ? "x" : guards.get(0).pairHash());
    assertThat(guards.get(2)).isNotEqualTo(guards.get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "senderCorpId\":\"dingcorp0001,senderCorpId\":\"other,401",
    "chatbotCorpId\":\"dingcorp0001,chatbotCorpId\":\"other,401",
    "\"createAt\":1760000000000,\"createAt\":1760000300001,401",
    "oapi.dingtalk.com,evil.com,401",
    "https://oapi,http://oapi,401",
    "https://oapi.dingtalk.com,https://oapi.dingtalk.com@evil.com,401",
    "\"msgId\":\"msg1\",\"x\":1,400",
    "\"conversationId\":\"cid1\",\"x\":1,400",
    "\"text\":{,\"txt\":{,400",
    "\"createAt\":1760000000000,\"createAt\":\"soon\",400",
    "}},}},400",
  })
  void what_does_not_hold_together_is_refused(String good, String bad, int status) {
    String body = good.equals("}}") ? BODY + "}" : BODY.replace(good, bad);
    assertThat(body).isNotEqualTo(BODY);

    assertThat(post(body).status()).isEqualTo(status);
    assertThat(front.execution.messages).isEmpty();
  }

  @Test
  void a_person_without_staff_id_and_a_picture_are_refused_politely() {
    assertThat(post(BODY.replace("\"senderStaffId\":\"staff01\",", "")).body())
        .contains("cannot tell who you are");
    assertThat(post(BODY.replace("\"msgtype\":\"text\"", "\"msgtype\":\"picture\""))
            .body())
        .contains("text messages only");
    assertThat(front.execution.messages).isEmpty();
  }

  @Test
  void a_stranger_of_the_corporation_is_told_why_nothing_happens() {
    FrontBench.Answer answer = post(BODY.replace("staff01", "staff99"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .contains("Not allowed", "dingtalk:dingcorp0001/staff99".replace("_", "\\_"));
    assertThat(front.execution.messages).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{", "{\"a\":1}", "{\"msgtype\":\"text\"}"})
  void a_malformed_body_breaks_nothing(String body) {
    assertThat(post(body).status()).isIn(400, 401);
  }

  @Test
  void without_signature_nobody_is_answered() {
    FrontBench.Answer answer = front.send(
        "POST", "/dingtalk/robot", Map.of(), BODY.getBytes(StandardCharsets.UTF_8), false);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body()).isEmpty();
    assertThat(post("x".repeat(70_000)).status()).isEqualTo(401);
  }

  @Test
  void a_lost_hand_over_is_told_with_its_id() {
    front.execution.receipts.addAll(List.of(Receipt.UNKNOWN, Receipt.UNKNOWN));

    assertThat(post(BODY).body())
        .contains("Not confirmed", ((HandOver.Run) front.execution.messages.get(0)).executionId());
  }

  @Test
  void chinese_verbs_and_full_width_signs_are_understood() {
    post(BODY.replace(" /ecs start i-bp1abc ", "　／ｅｃｓ　启动　ｉ-bp1abc　—region cn-hangzhou"));

    assertThat(((HandOver.Run) front.execution.messages.get(0)).command().options())
        .isEqualTo(Map.of("region", "cn-hangzhou"));
  }

  private FrontBench.Answer post(String body) {
    return front.send(
        "POST",
        "/dingtalk/robot",
        Map.of("Timestamp", TIMESTAMP, "Sign", sign(), "Content-Type", "application/json"),
        body.getBytes(StandardCharsets.UTF_8),
        true);
  }

  private static String sign() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(
          FrontBench.DINGTALK_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(
              (TIMESTAMP + "\n" + FrontBench.DINGTALK_SECRET).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
