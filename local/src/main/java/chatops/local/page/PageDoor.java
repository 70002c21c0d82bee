package chatops.local.page;

import chatops.chat.Language;
import chatops.local.text.Texts;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers the chat page's requests: its files, {@code GET /state?after=<version>} (204 when nothing is new),
 * {@code GET /texts?language=}, {@code POST /say}, {@code /press}, {@code /shortcut} and {@code /modal}. See {@link PageGate} for who may ask.
 */
final class PageDoor implements HttpHandler {
  private static final int LARGEST_BODY = 16 * 1024;

  /** A hundred inputs, some of them long. */
  private static final int LARGEST_MODAL = 256 * 1024;

  private static final Set<String> CHANGES = Set.of("/say", "/press", "/shortcut", "/modal");
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
      "/modal.js", "modal.js",
      "/dom.js", "dom.js",
      "/icon.svg", "icon.svg");
  private static final Map<String, String> TYPES = Map.of(
      "html", "text/html; charset=utf-8",
      "css", "text/css; charset=utf-8",
      "js", "text/javascript; charset=utf-8",
      "svg", "image/svg+xml");

  private final JsonMapper json = JsonMapper.builder().build();
  private final ChatRooms rooms;
  private final Texts texts;
  private final PageGate gate;

  PageDoor(ChatRooms rooms, Texts texts, PageGate gate) {
    this.rooms = rooms;
    this.texts = texts;
    this.gate = gate;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
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
    boolean changes = CHANGES.contains(path);
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
      case "/shortcut" -> {
        JsonNode body = body(exchange);
        rooms.shortcut(field(body, "person"), field(body, "shortcut"), field(body, "entry"));
        send(exchange, 200, JSON, "{}".getBytes(StandardCharsets.UTF_8));
      }
      case "/modal" -> {
        modal(body(exchange, LARGEST_MODAL));
        send(exchange, 200, JSON, "{}".getBytes(StandardCharsets.UTF_8));
      }
      default -> error(exchange, 404, texts.get("page.error.path"));
    }
  }

  private void modal(JsonNode body) {
    if (field(body, "action").equals("close")) {
      rooms.close(field(body, "person"), field(body, "modal"));
      return;
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> value : body.path("values").properties()) {
      values.put(value.getKey(), value.getValue().asText());
    }
    rooms.submit(field(body, "person"), field(body, "modal"), values);
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
    return body(exchange, LARGEST_BODY);
  }

  private JsonNode body(HttpExchange exchange, int largest) throws IOException {
    byte[] bytes = exchange.getRequestBody().readNBytes(largest + 1);
    if (bytes.length > largest)
      throw new IllegalArgumentException(texts.get("page.error.large", largest));
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
}
