package chatops.front.dingtalk;

import chatops.chat.handover.ApprovalRef;
import chatops.chat.json.JsonWriter;
import chatops.front.FrontBench;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Callbacks as DingTalk sends them: a message to the robot, a press on a card. */
final class DingTalkCalls {
  static final String CARD_SECRET = "mySecret";
  static final ApprovalRef APPROVAL = new ApprovalRef("exec-abcdefghijk", "ap1");
  static final String CHANNEL = "cid1";

  private DingTalkCalls() {}

  /** A Front whose cards are registered. */
  static FrontBench front(Path folder) {
    return new FrontBench(
        folder, FrontBench.RIGHTS, Map.of("DINGTALK_CARD_SECRET", CARD_SECRET + ",older-secret"));
  }

  static String token(FrontBench front) {
    return front.linkKey.card(APPROVAL, CHANNEL, front.clock.instant().plus(Duration.ofDays(1)));
  }

  static Map<String, Object> press(String person, String action, String token) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("action", action);
    parameters.put("token", token);
    parameters.put("reason", "looks good");
    Map<String, Object> content =
        Map.of("cardPrivateData", Map.of("actionIds", List.of("button1"), "params", parameters));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "actionCallback");
    body.put("outTrackId", APPROVAL.toString());
    body.put("corpId", "dingcorp0001");
    body.put("userId", person);
    body.put("content", JsonWriter.write(content));
    return body;
  }

  static Map<String, Object> message(FrontBench front, String text) {
    long now = front.clock.instant().toEpochMilli();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("msgtype", "text");
    body.put("text", Map.of("content", " " + text));
    body.put("msgId", "msg1");
    body.put("createAt", now);
    body.put("conversationType", "2");
    body.put("conversationId", CHANNEL);
    body.put("senderStaffId", "staff01");
    body.put("senderCorpId", "dingcorp0001");
    body.put("chatbotCorpId", "dingcorp0001");
    body.put("robotCode", "normal");
    body.put("sessionWebhook", "https://oapi.dingtalk.com/robot/sendBySession?session=s1");
    body.put("sessionWebhookExpiredTime", now + 5_400_060);
    return body;
  }

  static Map<String, String> robotHeaders(String secret, long at) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("timestamp", String.valueOf(at));
    headers.put("sign", mac(secret, at + "\n" + secret));
    return headers;
  }

  static Map<String, String> cardHeaders(String secret, long at) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("x-ddpaas-signature-timestamp", String.valueOf(at));
    headers.put("x-ddpaas-signature", mac(secret, String.valueOf(at)));
    return headers;
  }

  static FrontBench.Answer post(
      FrontBench front, String path, Map<String, String> headers, String body) {
    return front.send("POST", path, headers, body.getBytes(StandardCharsets.UTF_8), true);
  }

  static String mac(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
