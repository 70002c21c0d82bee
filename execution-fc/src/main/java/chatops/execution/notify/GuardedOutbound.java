package chatops.execution.notify;

import chatops.chat.url.GuardedUrl;
import chatops.chat.url.UrlGuard;
import chatops.chat.url.UrlRefusedException;
import chatops.chat.url.WebPost;
import chatops.engine.notice.Outbound;
import chatops.engine.notice.OutboundException;
import chatops.engine.notice.OutboundException.Fate;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
  private final @Nullable Digests digests;
  private final InstantSource clock;

  /** Without a limit for robots. @param robotSecret {@code SEC…}, or empty when robots are not signed for */
  public GuardedOutbound(UrlGuard guard, String robotSecret, InstantSource clock) {
    this(guard, robotSecret, null, clock);
  }

  /** @param digests takes what would be too much for a robot, so that none is blocked; null for no limit */
  public GuardedOutbound(
      UrlGuard guard, String robotSecret, @Nullable Digests digests, InstantSource clock) {
    this.guard = guard;
    this.robotSecret = robotSecret;
    this.digests = digests;
    this.clock = clock;
  }

  @Override
  public HttpAnswer send(HttpCall call) {
    if (!METHODS.contains(call.method())) {
      throw new OutboundException(
          "method '" + call.method() + "': expected one of "
              + METHODS.stream().sorted().toList(),
          Fate.REFUSED);
    }
    String host = String.valueOf(call.uri().getHost());
    try {
      GuardedUrl url = guard.check(signed(call.uri()).toString());
      RobotPost robot = digests == null || !isRobot(call.uri()) ? null : RobotPost.of(call);
      if (robot != null && digests != null) {
        switch (robot.turn(digests)) {
          case KEPT -> {
            return RobotPost.TAKEN;
          }
          case FULL ->
            throw new OutboundException(
                "too much waits to be said by that robot already", Fate.NOT_SENT);
          case NOW -> {
            // it is sent as any other
          }
        }
      }
      WebPost.Answer answer =
          WebPost.send(url, call.method(), call.headers(), call.body(), call.timeout());
      boolean isKept = robot != null && digests != null && robot.isKeptAfter(answer, digests);
      return isKept ? RobotPost.TAKEN : new HttpAnswer(answer.status(), answer.body());
    } catch (UrlRefusedException e) {
      throw new OutboundException("web request refused: " + e.getMessage(), Fate.REFUSED);
    } catch (SocketTimeoutException e) {
      throw new OutboundException(
          "no answer from " + host + " within " + call.timeout(), Fate.UNKNOWN);
    } catch (ConnectException | UnknownHostException e) {
      throw new OutboundException(
          "no connection to " + host + " (" + e.getClass().getSimpleName() + ")", Fate.NOT_SENT);
    } catch (IOException e) {
      // the message of an IOException can hold the whole URL, and with it an access token
      throw new OutboundException(
          "no answer from " + host + " (" + e.getClass().getSimpleName() + ")", Fate.UNKNOWN);
    }
  }

  private URI signed(URI uri) {
    return isRobot(uri)
        ? URI.create(RobotSignature.signed(uri.toString(), robotSecret, clock.millis()))
        : uri;
  }

  private static boolean isRobot(URI uri) {
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    return ROBOT_PATH.equals(uri.getPath()) && query.contains("access_token=");
  }
}
