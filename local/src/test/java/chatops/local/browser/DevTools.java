package chatops.local.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One connection by the DevTools protocol (chromedevtools.github.io): commands with their answers, events as they come. */
final class DevTools implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_SECONDS = 30;

  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final AtomicInteger number = new AtomicInteger();
  private final StringBuilder text = new StringBuilder();
  private @Nullable WebSocket socket;

  void open(WebSocket opened) {
    socket = opened;
  }

  /** @throws IllegalStateException when the browser refuses, or does not answer */
  JsonNode send(String method, ObjectNode parameters) {
    int id = number.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
    command.set("params", parameters);
    WebSocket open = socket;
    if (open == null) {
      throw new IllegalStateException("the connection is not open");
    }
    try {
      open.sendText(command.toString(), true).join();
      JsonNode said = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (said.has("error")) {
        throw new IllegalStateException(method + ": " + said.path("error"));
      }
      return said.path("result");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(method, e);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException(method + " was not answered", e);
    }
  }

  /** Events of a kind since the last time they were taken. */
  List<JsonNode> take(String method) {
    List<JsonNode> taken = new ArrayList<>();
    for (JsonNode event : events) {
      if (event.path("method").asText().equals(method)) {
        taken.add(event.path("params"));
        events.remove(event);
      }
    }
    return taken;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
    text.append(part);
    if (isLast) {
      JsonNode message;
      try {
        message = JSON.readTree(text.toString());
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
      text.setLength(0);
      CompletableFuture<JsonNode> answer = waiting.remove(message.path("id").asInt(-1));
      if (answer != null) {
        answer.complete(message);
      } else {
        events.add(message);
      }
    }
    from.request(1);
    return null;
  }

  @Override
  public void close() {
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
  }
}
