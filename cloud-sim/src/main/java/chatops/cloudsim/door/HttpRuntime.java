package chatops.cloudsim.door;

import chatops.cloudsim.fc.FunctionRuntime;
import chatops.cloudsim.http.WebClient;
import chatops.cloudsim.http.WebReply;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A function instance that serves FC's custom-runtime contract over HTTP. Thread-safe. */
public final class HttpRuntime implements FunctionRuntime {
  static final Set<String> HOP_BY_HOP = Set.of(
      "connection",
      "keep-alive",
      "proxy-authenticate",
      "proxy-authorization",
      "te",
      "trailer",
      "transfer-encoding",
      "upgrade",
      "content-length");

  private final WebClient client;
  private final URI base;
  private final Map<String, String> own;

  /** @param own headers that say who we are to the instance; nobody who sends a request through us can set them */
  public HttpRuntime(WebClient client, URI base, Map<String, String> own) {
    this.client = client;
    this.base = base;
    this.own = Map.copyOf(own);
  }

  @Override
  public Reply send(Request request) throws IOException {
    List<Map.Entry<String, String>> headers = new ArrayList<>(request.headers());
    headers.removeIf(header -> HOP_BY_HOP.contains(header.getKey().toLowerCase(Locale.ROOT))
        || own.keySet().stream().anyMatch(header.getKey()::equalsIgnoreCase));
    headers.addAll(own.entrySet());
    URI url = URI.create("http://" + base.getAuthority() + request.pathAndQuery());
    WebReply reply = client.send(request.method(), url, headers, request.body(), request.timeout());
    return new Reply(reply.status(), reply.headers(), reply.body());
  }
}
