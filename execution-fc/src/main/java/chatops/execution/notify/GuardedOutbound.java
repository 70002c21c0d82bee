package chatops.execution.notify;

import chatops.chat.url.GuardedUrl;
import chatops.chat.url.UrlGuard;
import chatops.chat.url.UrlRefusedException;
import chatops.engine.notice.Outbound;
import chatops.engine.notice.OutboundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Set;
import org.apache.commons.codec.binary.Base64;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/**
 * Web requests of templates, through the guard of chat-core. A request to a DingTalk custom robot is signed where the robot's
 * secret is known (open.dingtalk.com, "Custom robot security settings"), since a template cannot hold it. Thread-safe.
 */
public final class GuardedOutbound implements Outbound {
  private static final String ROBOT_PATH = "/robot/send";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS");

  private final UrlGuard guard;
  private final String robotSecret;
  private final InstantSource clock;

  /** @param robotSecret {@code SEC…}, or empty when robots are not signed for */
  public GuardedOutbound(UrlGuard guard, String robotSecret, InstantSource clock) {
    this.guard = guard;
    this.robotSecret = robotSecret;
    this.clock = clock;
  }

  @Override
  public HttpAnswer send(HttpCall call) {
    if (!METHODS.contains(call.method())) {
      throw new OutboundException(
          "method '" + call.method() + "': expected one of "
              + METHODS.stream().sorted().toList(),
          true);
    }
    String host = String.valueOf(call.uri().getHost());
    try {
      GuardedUrl url = guard.check(signed(call.uri()).toString());
      WebPost.Answer answer =
          WebPost.send(url, call.method(), call.headers(), call.body(), call.timeout());
      return new HttpAnswer(answer.status(), answer.body());
    } catch (UrlRefusedException e) {
      throw new OutboundException("web request refused: " + e.getMessage(), true);
    } catch (SocketTimeoutException e) {
      throw new OutboundException("no answer from " + host + " within " + call.timeout(), false);
    } catch (IOException e) {
      // the message of an IOException can hold the whole URL, and with it an access token
      throw new OutboundException(
          "no answer from " + host + " (" + e.getClass().getSimpleName() + ")", false);
    }
  }

  private URI signed(URI uri) {
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    boolean isRobot = ROBOT_PATH.equals(uri.getPath()) && query.contains("access_token=");
    if (robotSecret.isEmpty() || !isRobot || query.contains("sign=")) {
      return uri;
    }
    long timestamp = clock.millis();
    return URI.create(
        uri + "&timestamp=" + timestamp + "&sign=" + signature(timestamp, robotSecret));
  }

  /** URL-encoded. */
  static String signature(long timestamp, String secret) {
    byte[] mac = new HmacUtils(HmacAlgorithms.HMAC_SHA_256, secret).hmac(timestamp + "\n" + secret);
    return URLEncoder.encode(Base64.encodeBase64String(mac), StandardCharsets.UTF_8);
  }
}
