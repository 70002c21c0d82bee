package chatops.local.page;

import chatops.chat.Language;
import chatops.local.text.Texts;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves the chat page on loopback: its files, {@code GET /state?after=<version>} (204 when nothing is new),
 * {@code GET /texts?language=}, {@code POST /say} and {@code POST /press}. See {@link PageGate} for who may ask.
 */
public final class PageServer implements AutoCloseable {
  private static final int LARGEST_BODY = 16 * 1024;
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
          + "form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
  private static final String JSON = "application/json; charset=utf-8";
  private static final Map<String, String> FILES = Map.of(
      "/", "index.html",
      "/page.css", "page.css",
      "/page.js", "page.js",
      "/slack.js", "slack.js",
      "/dingtalk.js", "dingtalk.js",
      "/dom.js", "dom.js",
      "/icon.svg", "icon.svg");
  private static final Map<String, String> TYPES = Map.of(
      "html", "text/html; charset=utf-8",
      "css", "text/css; charset=utf-8",
      "js", "text/javascript; charset=utf-8",
      "svg", "image/svg+xml");

  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4, PageServer::thread);
  private final ChatRooms rooms;
  private final Texts texts;
  private final StartToken token;
  private final PageGate gate;

  /**
   * Binds and starts.
   *
   * @param port 0 picks a free one
   * @throws IOException when the port cannot be bound
   */
  public PageServer(int port, ChatRooms rooms, Texts texts, StartToken token) throws IOException {
    this.rooms = rooms;
    this.texts = texts;
    this.token = token;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
    this.gate = new PageGate(server.getAddress().getPort(), token);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /** Where the page is, without the token. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** What to open: the token is in the fragment, which browsers keep to themselves. */
  public URI invitation() {
    return URI.create(address() + "#start=" + token.value());
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        admit(exchange);
      } catch (JsonProcessingException e) {
        error(exchange, 400, texts.get("page.error.json"));
      } catch (IllegalArgumentException e) {
        error(exchange, 400, String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        error(exchange, 500, texts.get("page.error.failed", e.getClass().getSimpleName()));
      }
    }
  }

  private void admit(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    boolean changes = path.equals("/say") || path.equals("/press");
    Optional<PageGate.Refusal> refusal = gate.refuse(
        exchange.getRequestMethod(),
        changes,
        FILES.containsKey(path),
        exchange.getRequestHeaders());
    if (refusal.isPresent()) {
      error(exchange, refusal.get().status(), texts.get(refusal.get().textKey()));
    } else {
      answer(exchange, path);
    }
  }

  private void answer(HttpExchange exchange, String path) throws IOException {
    String file = FILES.get(path);
    if (file != null) {
      file(exchange, file);
      return;
    }
    switch (path) {
      case "/state" -> state(exchange);
      case "/texts" -> send(exchange, 200, JSON, json.writeValueAsBytes(pageTexts(exchange)));
      case "/say" -> {
        JsonNode body = body(exchange);
        rooms.say(field(body, "room"), field(body, "person"), field(body, "text"));
        send(exchange, 200, JSON, "{}".getBytes(StandardCharsets.UTF_8));
      }
      case "/press" -> {
        JsonNode body = body(exchange);
        rooms.press(
            field(body, "entry"),
            field(body, "person"),
            field(body, "action"),
            field(body, "value"));
        send(exchange, 200, JSON, "{}".getBytes(StandardCharsets.UTF_8));
      }
      default -> error(exchange, 404, texts.get("page.error.path"));
    }
  }

  private void state(HttpExchange exchange) throws IOException {
    ObjectNode state = rooms.state();
    if (("after=" + state.path("version").asText())
        .equals(exchange.getRequestURI().getQuery())) {
      send(exchange, 204, JSON, new byte[0]);
    } else {
      send(exchange, 200, JSON, json.writeValueAsBytes(state));
    }
  }

  private ObjectNode pageTexts(HttpExchange exchange) {
    Texts chosen = texts;
    for (Language language : Language.values()) {
      String code = language.name().toLowerCase(Locale.ROOT);
      if (("language=" + code).equals(exchange.getRequestURI().getQuery()))
        chosen = Texts.in(language);
    }
    ObjectNode node = json.createObjectNode();
    chosen.under("page.").forEach(node::put);
    return node.put("code", chosen.language().name().toLowerCase(Locale.ROOT));
  }

  private JsonNode body(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (bytes.length > LARGEST_BODY)
      throw new IllegalArgumentException(texts.get("page.error.large", LARGEST_BODY));
    return json.readTree(bytes);
  }

  private String field(JsonNode body, String name) {
    JsonNode value = body.path(name);
    if (!value.isTextual()) throw new IllegalArgumentException(texts.get("page.error.field", name));
    return value.textValue();
  }

  private static void file(HttpExchange exchange, String name) throws IOException {
    try (InputStream bytes = PageServer.class.getResourceAsStream(name)) {
      if (bytes == null) throw new IOException("resource " + name + " of the chat page is missing");
      String type = TYPES.get(name.substring(name.indexOf('.') + 1));
      send(exchange, 200, type == null ? "application/octet-stream" : type, bytes.readAllBytes());
    }
  }

  private void error(HttpExchange exchange, int status, String message) throws IOException {
    send(
        exchange,
        status,
        JSON,
        json.writeValueAsBytes(json.createObjectNode().put("error", message)));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) exchange.getResponseBody().write(body);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "chat-page");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
