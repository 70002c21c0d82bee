package chatops.execution.notify;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/** The signature of requests to DingTalk's custom robots (open.dingtalk.com, "Custom robot security settings"). */
final class RobotSignature {
  private RobotSignature() {}

  /** The URL with time and signature, where a secret is known and it has none. */
  static String signed(String url, String secret, long timestamp) {
    return secret.isEmpty() || url.contains("sign=")
        ? url
        : url + "&timestamp=" + timestamp + "&sign=" + of(timestamp, secret);
  }

  /** URL-encoded. */
  static String of(long timestamp, String secret) {
    byte[] mac = new HmacUtils(HmacAlgorithms.HMAC_SHA_256, secret).hmac(timestamp + "\n" + secret);
    return URLEncoder.encode(Base64.getEncoder().encodeToString(mac), StandardCharsets.UTF_8);
  }
}
