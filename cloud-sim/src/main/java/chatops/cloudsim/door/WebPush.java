package chatops.cloudsim.door;

import chatops.cloudsim.http.WebClient;
import chatops.cloudsim.mns.Push;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Topics' pushes over HTTP. */
public final class WebPush implements Push {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final WebClient client;

  public WebPush(WebClient client) {
    this.client = client;
  }

  @Override
  public int send(URI url, List<Map.Entry<String, String>> headers, byte[] body)
      throws IOException {
    URI target = url.getPath().isEmpty() ? url.resolve("/notifications") : url;
    return client.send("POST", target, headers, body, TIMEOUT).status();
  }
}
