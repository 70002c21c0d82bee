package chatops.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** What the chat page's script does: asks for the state, types and presses with the start token. */
final class PageClient {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI page;
  private final String token;

  /** @param invitation the address the terminal printed */
  PageClient(URI invitation) {
    this.page = invitation.resolve("/");
    this.token = invitation.getFragment().substring("start=".length());
  }

  JsonNode state() throws IOException, InterruptedException {
    return JSON.readTree(send(request("state").GET()));
  }

  void say(String room, String person, String text) throws IOException, InterruptedException {
    post("say", JSON.createObjectNode().put("room", room).put("person", person).put("text", text));
  }

  void press(String entry, String person, String action, String value)
      throws IOException, InterruptedException {
    post(
        "press",
        JSON.createObjectNode()
            .put("entry", entry)
            .put("person", person)
            .put("action", action)
            .put("value", value));
  }

  /** Waits until something is in the Slack channel. */
  <T> T awaitSlack(String what, Function<JsonNode, Optional<T>> look)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < Duration.ofSeconds(60).toNanos()) {
      for (JsonNode entry : state().path("slack").path("entries")) {
        Optional<T> found = look.apply(entry);
        if (found.isPresent()) return found.get();
      }
      Thread.sleep(100);
    }
    throw new AssertionError(
        what + " did not come within 60 s; on the page: " + state().path("slack"));
  }

  private void post(String path, JsonNode body) throws IOException, InterruptedException {
    send(request(path)
        .header("Content-Type", "application/json")
        .header("Origin", page.getScheme() + "://" + page.getAuthority())
        .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(page.resolve(path))
        .header("X-Start-Token", token)
        .timeout(Duration.ofSeconds(20));
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200)
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    return answer.body();
  }
}
