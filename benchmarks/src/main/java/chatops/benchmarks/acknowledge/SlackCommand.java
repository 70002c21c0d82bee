package chatops.benchmarks.acknowledge;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Slack's request for one {@code /ecs start}, signed as Slack signs; each has a trigger of its own. */
final class SlackCommand {
  static final String SECRET = "a-signing-secret-of-the-benchmark";
  static final String TEAM = "T0001";
  static final String APP = "A123456";
  static final String CHANNEL = "C1";
  static final String USER = "U1";

  private SlackCommand() {}

  /** The bytes as they go over the wire. */
  static byte[] request(int number) {
    String body = "token=x&team_id=" + TEAM + "&team_domain=example&channel_id=" + CHANNEL
        + "&channel_name=operations&user_id=" + USER + "&user_name=ann&command="
        + encoded("/ecs") + "&text=" + encoded("start i-bp1demoweb00000000001 --region cn-hangzhou")
        + "&api_app_id=" + APP + "&is_enterprise_install=false&response_url="
        + encoded("https://hooks.slack.com/commands/T0001/" + number + "/a-long-secret-path")
        + "&trigger_id=" + number + ".2.3";
    String timestamp = String.valueOf(InstantSource.system().instant().getEpochSecond());
    String head = "POST /slack/command HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Slackbot 1.0\r\n"
        + "Accept: application/json,*/*\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        + "X-Slack-Request-Timestamp: " + timestamp + "\r\nX-Slack-Signature: "
        + signature(timestamp, body)
        // as the platform adds them for the function
        + "\r\nx-fc-request-id: r" + number + "\r\nx-fc-access-key-id: STS.benchmark"
        + "\r\nx-fc-access-key-secret: benchmark-secret\r\nx-fc-security-token: benchmark-token"
        + "\r\nContent-Length: " + body.length() + "\r\n\r\n";
    return (head + body).getBytes(StandardCharsets.US_ASCII);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String signature(String timestamp, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] sum =
          mac.doFinal(("v0:" + timestamp + ":" + body).getBytes(StandardCharsets.US_ASCII));
      return "v0=" + HexFormat.of().formatHex(sum);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
