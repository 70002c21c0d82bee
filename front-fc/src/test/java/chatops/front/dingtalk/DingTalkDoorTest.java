package chatops.front.dingtalk;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Platform;
import chatops.chat.fc.FunctionClient.Receipt;
import chatops.chat.handover.HandOver;
import chatops.chat.reply.ReplyAddress;
import chatops.front.FrontBench;
import chatops.front.Mutation;
import chatops.front.chat.Verification;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DingTalkDoorTest {
  private long signedAt = 1_759_999_999_999L;
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
            signature.verify(timestamp, sign, Instant.ofEpochMilli(now))
                instanceof Verification.Authentic)
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
    FrontBench other = new FrontBench(folder);
    post(BODY);
    postAgain(BODY);
    FrontBench first = front;
    front = other;
    // another instance knows nothing of it, and Execution does
    postAgain(BODY.replace("i-bp1abc", "i-bp1xyz"));

    HandOver.Guard guard = ((HandOver.Run) first.execution.messages.get(0)).guard();
    HandOver.Guard forged = ((HandOver.Run) other.execution.messages.get(0)).guard();
    assertThat(((HandOver.Run) first.execution.messages.get(1)).guard()).isEqualTo(guard);
    assertThat(forged)
        .extracting(g -> g == null ? "" : g.pairHash())
        .isEqualTo(guard == null ? "x" : guard.pairHash());
    assertThat(forged).isNotEqualTo(guard);
  }

  @Test
  void a_pair_is_good_for_one_body_also_where_nothing_was_handed_over() {
    String help = BODY.replace(" /ecs start i-bp1abc ", "help");
    post(help);

    FrontBench.Answer forged = postAgain(BODY);
    FrontBench.Answer repeated = postAgain(help);

    assertThat(forged.body()).contains("once more").doesNotContain("Accepted");
    assertThat(front.execution.messages).isEmpty();
    assertThat(repeated.body()).contains("What you can do here");
  }

  @Test
  void a_personal_link_is_not_in_the_answer_to_whoever_asked() {
    front = new FrontBench(
        folder, FrontBench.RIGHTS.replace("\"oos show\"", "\"oos show\",\"oos page\""), Map.of());
    FrontBench.Answer answer = post(BODY.replace(" /ecs start i-bp1abc ", "/oos page")
        .replace("\"conversationType\":\"2\"", "\"conversationType\":\"1\""));

    assertThat(answer.body()).doesNotContain("/enter/");
    assertThat(((HandOver.Run) front.execution.messages.get(0)).command().name())
        .isEqualTo("oos page");
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

  /** Each with a signature of its own. */
  private FrontBench.Answer post(String body) {
    signedAt++;
    return postAgain(body);
  }

  private FrontBench.Answer postAgain(String body) {
    String timestamp = String.valueOf(signedAt);
    return front.send(
        "POST",
        "/dingtalk/robot",
        Map.of("Timestamp", timestamp, "Sign", sign(timestamp), "Content-Type", "application/json"),
        body.getBytes(StandardCharsets.UTF_8),
        true);
  }

  private static String sign(String timestamp) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(
          FrontBench.DINGTALK_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(
              (timestamp + "\n" + FrontBench.DINGTALK_SECRET).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final String AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

  @Test
  void the_published_vector_of_an_encrypted_body_opens() {
    String encrypted =
        "Q3stYC6hdFzMh9T8HCvyDPrS4U4C3bQ/4bb9AUaCAaXDlpULEuYIQ+L0lsq6Oup+Bi6pWnQOd2Ry51HOF0PPB+rSAWleZ6cXuOPsr3z1surVbxsFtM1ggrmnST2tFmiU";

    byte[] opened = new DingTalkEnvelope(AES_KEY)
        .open(("{\"encrypt\":\"" + encrypted + "\"}").getBytes(StandardCharsets.UTF_8))
        .orElseThrow();

    assertThat(new String(opened, StandardCharsets.UTF_8))
        .isEqualTo("{\"msgtype\":\"text\",\"text\":{\"content\":\"/ecs start i-1\"}}");
  }

  @Test
  void with_a_key_only_what_is_encrypted_with_it_is_taken() throws Exception {
    front = new FrontBench(folder, FrontBench.RIGHTS, Map.of("DINGTALK_AES_KEY", AES_KEY));
    String encrypted = encrypted(AES_KEY, BODY, 7);

    assertThat(post(BODY).status()).isEqualTo(401);
    assertThat(post("{\"encrypt\":\"AAAA\"}").status()).isEqualTo(401);
    assertThat(post("{\"encrypt\":\"" + "A".repeat(64) + "\"}").status()).isEqualTo(401);
    assertThat(post(encrypted(AES_KEY.replace('a', 'b'), BODY, 7)).status()).isEqualTo(401);
    assertThat(front.execution.messages).isEmpty();

    assertThat(post(encrypted).status()).isEqualTo(200);
    // sent again it is encrypted anew, and is the same message all the same
    assertThat(post(encrypted(AES_KEY, BODY, 8)).status()).isEqualTo(200);
    HandOver.Run first = (HandOver.Run) front.execution.messages.get(0);
    HandOver.Run again = (HandOver.Run) front.execution.messages.get(1);
    assertThat(first.command().arguments()).containsExactly("i-bp1abc");
    assertThat(Objects.requireNonNull(again.guard()).messageHash())
        .isEqualTo(Objects.requireNonNull(first.guard()).messageHash());
  }

  @Test
  void a_changed_envelope_is_refused_or_is_no_message_and_never_an_error() throws Exception {
    front = new FrontBench(folder, FrontBench.RIGHTS, Map.of("DINGTALK_AES_KEY", AES_KEY));
    Mutation mutation = new Mutation(20261129);
    String good = encrypted(AES_KEY, BODY, 7);
    for (int i = 0; i < 2000; i++) {
      FrontBench.Answer answer = post(mutation.changed(good));
      assertThat(answer.status()).as("20261129/" + i).isIn(200, 400, 401);
    }
  }

  private static String encrypted(String aesKey, String message, int first) throws Exception {
    byte[] key = Base64.getDecoder().decode(aesKey + "=");
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    int padding = 32 - (20 + text.length) % 32;
    ByteBuffer clear = ByteBuffer.allocate(20 + text.length + padding);
    clear.put((byte) first).put(new byte[15]).putInt(text.length).put(text);
    while (clear.hasRemaining()) {
      clear.put((byte) padding);
    }
    Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(key, "AES"),
        new IvParameterSpec(Arrays.copyOf(key, 16)));
    return "{\"encrypt\":\"" + Base64.getEncoder().encodeToString(cipher.doFinal(clear.array()))
        + "\"}";
  }
}
