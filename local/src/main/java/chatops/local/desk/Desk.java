package chatops.local.desk;

import chatops.chat.Language;
import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.command.Command;
import chatops.chat.command.CommandParser;
import chatops.chat.command.Mistake;
import chatops.chat.command.Parsed;
import chatops.chat.fc.FunctionClient;
import chatops.chat.handover.EventKey;
import chatops.chat.handover.HandOver;
import chatops.chat.handover.HandOverJson;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.reply.Seal;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Takes commands of the command line on a Unix socket and hands them to Execution as Front does with a chat's: by an
 * asynchronous invoke, with a sealed reply address, which leads back here. So a command line's writes are the running
 * host's own, with the rights that {@code chatops.yaml} gives {@code cli:local/<user>}: the user the operating system says is at
 * the socket's other end. Thread-safe.
 */
public final class Desk implements AutoCloseable {
  /** How long an answer is waited for; the command goes on without it. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration HAND_OVER = Duration.ofSeconds(5);
  private static final String TENANT = "local";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(Desk::thread);
  private final DeskSocket socket;
  private final FunctionClient execution;
  private final Seal seal;
  private final Language language;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, CompletableFuture<JsonNode>> replies = new ConcurrentHashMap<>();

  /**
   * @param path of the socket
   * @param isShared whether other users of this machine may come to it
   */
  public Desk(
      Path path,
      boolean isShared,
      FunctionClient execution,
      Seal seal,
      Language language,
      InstantSource clock)
      throws IOException {
    this.execution = execution;
    this.seal = seal;
    this.language = language;
    this.clock = clock;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext("/replies/", this::reply);
    this.socket = new DeskSocket(path, isShared, this::oos);
    server.start();
  }

  private URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private JsonNode oos(String user, JsonNode wish) {
    try {
      Parsed parsed = CommandParser.parse("/oos", wish.path("line").asText());
      if (parsed instanceof Parsed.Incomplete incomplete) {
        return said(false, DeskText.mistake(incomplete.mistake(), language));
      }
      return parsed instanceof Mistake mistake
          ? said(false, DeskText.mistake(mistake, language))
          : run(((Parsed.Understood) parsed).command(), user);
    } catch (IOException | RuntimeException e) {
      return said(false, "the host could not do it: " + e.getClass().getSimpleName() + "\n");
    }
  }

  private JsonNode run(Command command, String user) throws IOException {
    String nonce = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
    EventKey event = new EventKey(Platform.CLI, TENANT, nonce);
    ReplyAddress back = new ReplyAddress(
        Platform.CLI,
        TENANT,
        "",
        user,
        base() + "/replies/" + nonce,
        clock.instant().plus(PATIENCE),
        0,
        false);
    HandOver message = new HandOver.Run(
        event.executionId(),
        new Principal(Platform.CLI, TENANT, user, user),
        new Place(Platform.CLI, TENANT, "terminal"),
        command,
        language,
        clock.instant(),
        "",
        seal.seal(back, event.executionId()),
        null);
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    replies.put(nonce, answer);
    try {
      FunctionClient.Submission submission = execution.deliver(
          HandOverJson.encode(message, seal), event.taskId(), Duration.ZERO, HAND_OVER);
      if (submission.receipt() == FunctionClient.Receipt.REJECTED
          || submission.receipt() == FunctionClient.Receipt.THROTTLED) {
        return said(false, "not accepted: " + submission.detail() + "; nothing was done\n");
      }
      JsonNode told = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return said(!DeskText.isRefusal(told), DeskText.of(told));
    } catch (TimeoutException e) {
      return said(true, DeskText.accepted(event.executionId()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return said(true, DeskText.accepted(event.executionId()));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      replies.remove(nonce);
    }
  }

  private static ObjectNode said(boolean isDone, String text) {
    return JSON.createObjectNode().put("done", isDone).put("text", text);
  }

  /** Execution's answer; the path is unguessable, and known to nobody else. */
  private void reply(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      CompletableFuture<JsonNode> waiting = replies.get(path.substring(path.lastIndexOf('/') + 1));
      byte[] body = exchange.getRequestBody().readNBytes(DeskSocket.LARGEST);
      if (waiting != null && exchange.getRequestMethod().equals("POST")) {
        waiting.complete(JSON.readTree(body));
      }
      byte[] answer = "ok".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(waiting == null ? 404 : 200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "desk");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() throws IOException {
    socket.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
