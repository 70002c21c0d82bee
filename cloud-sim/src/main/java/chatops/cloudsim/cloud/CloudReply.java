package chatops.cloudsim.cloud;

import java.time.Duration;

/**
 * What travels back: an HTTP status and a body (JSON, or a gateway's HTML when a fault says so).
 *
 * @param code {@code OK} or the error code, empty where the body carries none
 * @param delay how much longer than usual the reply takes
 * @param lost the call took effect but the reply never arrives: a transport drops the connection
 */
public record CloudReply(
    int status,
    String requestId,
    String code,
    String contentType,
    String body,
    Duration delay,
    boolean lost) {
  public static final String JSON = "application/json;charset=utf-8";

  public boolean isError() {
    return status >= 400;
  }

  CloudReply delayedBy(Duration more) {
    return new CloudReply(status, requestId, code, contentType, body, delay.plus(more), lost);
  }

  CloudReply lose() {
    return new CloudReply(status, requestId, code, contentType, body, delay, true);
  }
}
