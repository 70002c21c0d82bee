package chatops.runtime;

import com.aliyun.fc.runtime.Context;
import com.aliyun.fc.runtime.StreamRequestHandler;
import java.util.Map;

/**
 * A handler that also takes requests of an HTTP trigger as they came, which spares both sides two JSON texts for each. Request and
 * answer mean what the event and the output of {@link StreamRequestHandler} mean, which it stays for managed runtimes.
 */
public interface HttpTriggerHandler extends StreamRequestHandler {
  /** @throws Exception when it fails, as {@link StreamRequestHandler#handleRequest} does */
  Answer answer(Request request, Context context) throws Exception;

  /**
   * One request.
   *
   * @param path percent-encoded, without query
   * @param headers names in Go's case, repeats joined by commas, without the platform's own
   * @param query decoded, repeats joined by commas
   */
  record Request(
      String method,
      String path,
      Map<String, String> headers,
      Map<String, String> query,
      byte[] body) {}

  /** @param status 200 to 599; with anything else, and with more than 8 KB of headers, the caller gets 502 as on FC */
  record Answer(int status, Map<String, String> headers, byte[] body) {}
}
