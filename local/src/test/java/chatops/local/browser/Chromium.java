package chatops.local.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Chromium without a screen, where the machine has one, spoken to by its DevTools protocol. Not thread-safe. */
final class Chromium implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Path profile;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI base;
  private final List<Tab> tabs = new ArrayList<>();

  private Chromium(Path program, Path profile) throws IOException, InterruptedException {
    this.profile = profile;
    Files.createDirectories(profile);
    process = new ProcessBuilder(
            program.toString(),
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--no-proxy-server",
            "--hide-scrollbars",
            "--force-color-profile=srgb",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--remote-debugging-address=127.0.0.1",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "about:blank")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    base = URI.create("http://127.0.0.1:" + port(profile.resolve("DevToolsActivePort")));
  }

  /** Whether this machine has one, and where; none where {@code CHATOPS_BROWSER=none} says so. */
  static Optional<Path> program() {
    if ("none".equals(System.getenv("CHATOPS_BROWSER"))) {
      return Optional.empty();
    }
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(
            name -> Stream.of(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Chromium start(Path profile) throws IOException, InterruptedException {
    return new Chromium(program().orElseThrow(), profile);
  }

  private String port(Path file) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(file) || Files.readString(file).lines().count() < 2) {
      if (System.nanoTime() > end || !process.isAlive()) {
        process.destroyForcibly();
        throw new IllegalStateException("the browser did not start");
      }
      Thread.sleep(50);
    }
    return Files.readString(file).lines().findFirst().orElseThrow();
  }

  /** A tab of a person's own: cookies and storage are shared with no other tab. */
  Tab tab() throws IOException, InterruptedException {
    JsonNode version = get("/json/version");
    try (DevTools browser = connect(version.path("webSocketDebuggerUrl").asText())) {
      String context = browser
          .send("Target.createBrowserContext", JSON.createObjectNode())
          .path("browserContextId")
          .asText();
      ObjectNode target =
          JSON.createObjectNode().put("url", "about:blank").put("browserContextId", context);
      String id = browser.send("Target.createTarget", target).path("targetId").asText();
      Tab tab = new Tab(connect("ws://" + base.getAuthority() + "/devtools/page/" + id));
      tabs.add(tab);
      return tab;
    }
  }

  private DevTools connect(String address) {
    DevTools tools = new DevTools();
    tools.open(http.newWebSocketBuilder()
        .buildAsync(URI.create(address), (WebSocket.Listener) tools)
        .join());
    return tools;
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(
        HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    return JSON.readTree(answer.body());
  }

  @Override
  public void close() throws IOException {
    tabs.forEach(Tab::close);
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // its helpers may still write for a moment; whatever stays lies in the test's own folder
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (java.io.UncheckedIOException goneMeanwhile) {
      // a file that vanished while it was listed need not be removed
    }
  }
}
