package chatops.engine.notice;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * One HTTP request that a template asked for (web hooks, ACS::ExecuteHttpRequest). The implementation guards the target:
 * scheme, host rules, resolved address, no redirects.
 */
public interface Outbound {
  /** {@code body} is empty for GET. */
  record HttpCall(
      String method, URI uri, Map<String, String> headers, byte[] body, Duration timeout) {}

  /** Any answer, whatever its status. */
  record HttpAnswer(int status, byte[] body) {}

  /** @throws OutboundException when the target is refused or no answer came */
  HttpAnswer send(HttpCall call);
}
