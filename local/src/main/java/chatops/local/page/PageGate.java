package chatops.local.page;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Optional;

/**
 * Who may ask the chat page for what. Every request must name the page's own host, so that no foreign name can be
 * pointed at it; whatever reads or changes the chat must carry the start token; whatever changes it must come from the
 * page itself by its Origin.
 */
final class PageGate {
  /** @param status 403 or 405 */
  record Refusal(int status, String textKey) {}

  private final List<String> hosts;
  private final StartToken token;

  PageGate(int port, StartToken token) {
    this.hosts = List.of("127.0.0.1:" + port, "localhost:" + port);
    this.token = token;
  }

  Optional<Refusal> refuse(String method, boolean changes, boolean open, Headers headers) {
    if (!method.equals(changes ? "POST" : "GET"))
      return Optional.of(new Refusal(405, "page.error.method"));
    String host = only(headers, "Host");
    if (!hosts.contains(host)) return Optional.of(new Refusal(403, "page.error.host"));
    if (changes && !only(headers, "Origin").equals("http://" + host))
      return Optional.of(new Refusal(403, "page.error.origin"));
    if (!open && !token.matches(only(headers, "X-Start-Token")))
      return Optional.of(new Refusal(403, "page.error.token"));
    return Optional.empty();
  }

  /** The header's value; empty when it is absent or given more than once. */
  private static String only(Headers headers, String name) {
    List<String> values = headers.get(name);
    return values == null || values.size() != 1 ? "" : values.get(0);
  }
}
