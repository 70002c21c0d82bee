package chatops.runtime;

import com.aliyun.fc.runtime.StreamRequestHandler;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One function instance behind FC's custom-runtime contract (manual, "Custom runtime"): {@code POST /invoke} carries an
 * event, {@code POST /initialize} and {@code GET /pre-stop} are the life-cycle hooks, anything else is a request of an
 * HTTP trigger. {@code x-fc-control-path}, which the platform sets and strangers cannot, goes before the path.
 * Thread-safe; several servers may live in one process.
 */
public final class FunctionServer implements AutoCloseable {
  /** Header of whoever stands for the platform on one machine; see {@link ServerOptions#callerToken}. */
  public static final String CALLER = "x-caller-token";

  private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "[::1]", "localhost");

  private final HttpServer server;
  private final ExecutorService threads;
  private final FunctionInstance instance;
  private final ServerOptions options;
  private final Gate gate = new Gate();

  private FunctionServer(HttpServer server, FunctionInstance instance, ServerOptions options) {
    this.server = server;
    this.instance = instance;
    this.options = options;
    this.threads = Executors.newFixedThreadPool(options.concurrency(), named());
  }

  /** Listens until {@link #close}. @throws IOException when the address is taken or not of this machine */
  public static FunctionServer start(StreamRequestHandler handler, ServerOptions options)
      throws IOException {
    // the JDK's server writes head and body apart; with Nagle's algorithm on, each answer would
    // wait 40 ms for an ACK
    unlessSet("sun.net.httpserver.nodelay", "true");
    // the platform keeps its connections open between requests (manual, "Custom runtime": 15
    // minutes)
    unlessSet("sun.net.httpserver.idleInterval", "900");
    // calls of as many invocations as there may be keep their connections, where five would be kept
    unlessSet("http.maxConnections", String.valueOf(options.concurrency()));
    DateHeader.prepare();
    HttpServer server = listening(options.address());
    FunctionServer function = new FunctionServer(server, new FunctionInstance(handler), options);
    server.createContext("/", function::handle);
    server.setExecutor(function.threads);
    server.start();
    return function;
  }

  private static HttpServer listening(InetSocketAddress address) throws IOException {
    try {
      return HttpServer.create(address, 1024);
    } catch (BindException refused) {
      // its own words do not say what was asked for
      BindException named = new BindException(refused.getMessage() + ": " + address);
      named.initCause(refused);
      throw named;
    }
  }

  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Runs the handler's initializer, as the platform does through {@code /initialize}; the second time does nothing. */
  public void initialize() {
    instance.initialize(new InvocationContext(new FcHeaders(), options));
  }

  /** Refuses new invocations, waits for those under way at most the drain time, then closes every connection. */
  @Override
  public void close() {
    gate.shut();
    gate.awaitIdle(options.drain());
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    boolean admitted = gate.enter();
    try (exchange) {
      Reply reply = admitted ? reply(exchange) : Reply.refused(503, "the instance is stopping");
      reply.write(exchange, !admitted);
    } finally {
      if (admitted) {
        gate.leave();
      }
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    FcHeaders headers = FcHeaders.of(exchange.getRequestHeaders());
    InvocationContext context = new InvocationContext(headers, options);
    Route route = Route.of(headers.get("x-fc-control-path"), exchange);
    if (route != Route.HTTP && (isForeign(exchange) || !isPlatform(exchange))) {
      return Reply.refused(403, "events come from the platform, not from a web page or a stranger");
    }
    if (route == Route.INITIALIZE) {
      instance.initialize(context);
      return Reply.done();
    }
    if (route == Route.PRE_STOP) {
      // this very request is one of those under way
      gate.awaitOthers(options.drain());
      instance.preStop(context);
      return Reply.done();
    }
    RequestBody body = RequestBody.read(exchange, options.maxBodyBytes());
    if (body.refusal() != null) {
      return body.refusal();
    }
    if (route == Route.INVOKE) {
      return instance.invoke(body.bytes(), context, output -> Reply.output(output), 500);
    }
    if (instance.isDirect()) {
      return instance.answer(HttpEvent.request(exchange, body.bytes()), context, 502);
    }
    byte[] event = HttpEvent.json(exchange, body.bytes(), context, options);
    return instance.invoke(event, context, HttpAnswer::reply, 502);
  }

  /**
   * On a laptop every page in a browser can post to loopback, and a foreign name can be pointed at it: such a request names its
   * origin or a host that is not ours. On the platform nobody else reaches the instance.
   */
  private boolean isForeign(HttpExchange exchange) {
    InetAddress address = server.getAddress().getAddress();
    if (!address.isLoopbackAddress()) {
      return false;
    }
    Headers headers = exchange.getRequestHeaders();
    String name = String.valueOf(headers.getFirst("Host")).replaceFirst(":[0-9]+$", "");
    return !OWN_NAMES.contains(name)
        || headers.containsKey("Origin")
        || headers.containsKey("Sec-Fetch-Site");
  }

  private boolean isPlatform(HttpExchange exchange) {
    List<String> given = exchange.getRequestHeaders().getOrDefault(CALLER, List.of(""));
    return options.callerToken().isEmpty()
        || given.size() == 1
            && MessageDigest.isEqual(
                given.get(0).getBytes(StandardCharsets.UTF_8),
                options.callerToken().getBytes(StandardCharsets.UTF_8));
  }

  /** Read once per process, when the JDK's first server is made. */
  private static void unlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static ThreadFactory named() {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "fc-runtime-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private enum Route {
    INVOKE,
    INITIALIZE,
    PRE_STOP,
    HTTP;

    static Route of(String control, HttpExchange exchange) {
      boolean post = exchange.getRequestMethod().equals("POST");
      String path = control.isEmpty() ? exchange.getRequestURI().getPath() : control;
      return switch (path) {
        case "/invoke" -> post ? INVOKE : HTTP;
        case "/initialize" -> post ? INITIALIZE : HTTP;
        case "/pre-stop" -> PRE_STOP;
        default -> HTTP;
      };
    }
  }
}
