package chatops.cloudsim.fc;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Where a function's code runs: in FC's custom-runtime contract one HTTP server, spoken to with {@code x-fc-*} headers. May be called by several threads at once. */
public interface FunctionRuntime {

  /** What the platform sends to the instance. */
  record Request(
      String method,
      String pathAndQuery,
      List<Map.Entry<String, String>> headers,
      byte[] body,
      Duration timeout) {}

  /** What the instance answered. */
  record Reply(int status, List<Map.Entry<String, String>> headers, byte[] body) {

    /** The header's first value, or an empty text. */
    public String header(String name) {
      return headers.stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse("");
    }
  }

  /**
   * Sends one request to the instance.
   *
   * @throws java.net.SocketTimeoutException when the function takes longer than its timeout
   * @throws IOException when nothing serves there
   */
  Reply send(Request request) throws IOException;
}
