package chatops.local.serve;

import chatops.chat.fc.FunctionClient;
import chatops.chat.reply.SealException;
import chatops.chat.rights.FileSource;
import chatops.engine.EngineException;
import chatops.engine.catalog.BundledCatalog;
import chatops.engine.catalog.DirectoryCatalog;
import chatops.engine.catalog.LayeredCatalog;
import chatops.engine.share.LastSweep;
import chatops.execution.ExecutionHandler;
import chatops.execution.config.ConfigurationFile;
import chatops.execution.config.ConfigurationFileException;
import chatops.execution.config.YamlForm;
import chatops.execution.form.FormCompiler;
import chatops.front.FrontHandler;
import chatops.front.SettingsException;
import chatops.local.host.DataDirectory;
import chatops.local.host.HostException;
import chatops.runtime.FunctionServer;
import chatops.runtime.ServerOptions;
import com.aliyun.fc.runtime.StreamRequestHandler;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Front and Execution in one process that stays: the same handlers that are deployed, with a queue on disk between them, a sweep every
 * minute, and the store in a file. Chats and browsers reach Front; the second port is for whoever watches the service.
 */
public final class Service implements AutoCloseable {
  private static final byte[] SWEEP =
      "{\"triggerName\":\"sweep\",\"triggerTime\":\"\",\"payload\":\"sweep\"}"
          .getBytes(StandardCharsets.UTF_8);
  private static final Duration DRAIN = Duration.ofSeconds(25);

  private static final String REQUESTS = "chatops_requests";

  private final Metrics metrics = new Metrics();
  private final InstantSource clock = InstantSource.system();
  private final AtomicLong requests = new AtomicLong();
  private final Instant started;
  private final DataDirectory state;
  private final MachineKeys keys;
  private final LocalQueue queue;
  private final ExecutionHandler execution;
  private final FunctionServer front;
  private final HttpServer watch;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "sweep"));
  // not the sweep's: whoever asks how it is must not wait for it
  private final ExecutorService watching =
      Executors.newSingleThreadExecutor(work -> daemon(work, "watch"));
  private volatile boolean isEnding;

  /**
   * @param configuration chatops.yaml, followed while the service runs
   * @param state folder of the store, the queue and what is compiled; made where it is not
   * @param listen where chats and browsers reach Front: behind something that speaks TLS
   * @param watch where health and metrics are asked for
   * @param templates of the product
   */
  public record Plan(
      Path configuration,
      Path state,
      InetSocketAddress listen,
      InetSocketAddress watch,
      Path templates,
      Duration sweepEvery,
      Map<String, String> environment) {}

  private Service(Plan plan, DataDirectory state, PrintStream log) throws IOException {
    this.state = state;
    started = clock.instant();
    Map<String, String> environment = environment(plan);
    queue =
        new LocalQueue(Spool.in(plan.state().resolve("queue")), 16, Duration.ofSeconds(5), metrics);
    StreamRequestHandler door = door(plan, environment, log);
    // after Front, which names all that both want and that is not set
    keys = MachineKeys.of(plan.environment());
    watch = listening("--watch", plan.watch(), at -> HttpServer.create(at, 16));
    execution = new ExecutionHandler(environment, queue);
    queue.serve(this::handle);
    byte[] token = new byte[16];
    new SecureRandom().nextBytes(token);
    ServerOptions options = ServerOptions.fromEnvironment(environment)
        // the platform's own paths are nobody's here
        .withCallerToken(HexFormat.of().formatHex(token))
        .withDrain(DRAIN)
        .withLog(new PrintStream(
            java.io.OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    front = listening(
        "--listen",
        plan.listen(),
        at -> FunctionServer.start(
            (input, output, context) -> {
              metrics.count(REQUESTS);
              door.handleRequest(input, output, context);
            },
            options.withAddress(at)));
    watch.createContext("/healthz", this::health);
    watch.createContext(
        "/metrics", exchange -> answer(exchange, 200, Metrics.TYPE, metrics.text()));
    watch.setExecutor(watching);
    watch.start();
    measured();
    long every = plan.sweepEvery().toMillis();
    timer.scheduleWithFixedDelay(
        () -> queue.attempt(SWEEP, LocalQueue.Kind.SWEEP), every, every, TimeUnit.MILLISECONDS);
  }

  private StreamRequestHandler door(Plan plan, Map<String, String> environment, PrintStream log) {
    try {
      return new FrontHandler(
          environment,
          (settings, role) -> (FunctionClient) queue,
          clock,
          line -> log.println("front " + line),
          new FileSource(
              plan.configuration(), new YamlForm(plan.configuration().toString()), clock, true));
    } catch (SettingsException wrong) {
      String keyless = MachineKeys.missing(plan.environment());
      throw keyless.isEmpty()
          ? wrong
          : new ServiceException(wrong.getMessage() + "\n  " + keyless, wrong);
    }
  }

  /** Everything that this process prints becomes one JSON object a line; call before {@link #start}. */
  public static PrintStream logging(PrintStream out) {
    PrintStream log = JsonLines.to(out, InstantSource.system());
    System.setOut(log);
    // what a thread dies of, and what a library complains of
    System.setErr(log);
    return log;
  }

  /** @throws ServiceException naming everything that is missing or wrong */
  public static Service start(Plan plan, PrintStream log) throws IOException {
    DataDirectory state = state(plan.state());
    try {
      return new Service(plan, state, log);
    } catch (ConfigurationFileException
        | SettingsException
        | EngineException
        | SealException
        | IllegalArgumentException wrong) {
      // each says what is wrong and what to do; a store that cannot be opened is an EngineException
      state.close();
      throw new ServiceException(String.valueOf(wrong.getMessage()), wrong);
    } catch (IOException unwritable) {
      // of the folder: addresses have errors of their own
      state.close();
      throw unusable(plan.state(), unwritable);
    } catch (RuntimeException failed) {
      state.close();
      throw failed;
    }
  }

  /** One process only may have it: the store and the queue are nobody else's while the service runs. */
  private static DataDirectory state(Path folder) {
    try {
      return DataDirectory.kept(folder);
    } catch (HostException taken) {
      throw new ServiceException(String.valueOf(taken.getMessage()), taken);
    } catch (IOException | UncheckedIOException unusable) {
      throw unusable(folder, unusable);
    }
  }

  private static ServiceException unusable(Path folder, Exception why) {
    String where = why.getMessage() == null ? "" : ": " + why.getMessage();
    if (why instanceof FileSystemException at) {
      boolean isInside = at.getFile() != null && !at.getFile().equals(folder.toString());
      where = (isInside ? " at " + at.getFile() : "")
          + (at.getReason() == null ? "" : ": " + at.getReason());
    }
    return new ServiceException(
        "--state " + folder + " cannot be used (" + why.getClass().getSimpleName() + where
            + "): a folder expected that this user owns and may write with all that is in it, or may make, with room in it; name another one, or give it to this user",
        why);
  }

  /** Binds one address. */
  private interface Binding<T> {
    T at(InetSocketAddress address) throws IOException;
  }

  private static <T> T listening(String option, InetSocketAddress address, Binding<T> binding)
      throws IOException {
    try {
      return binding.at(address);
    } catch (SocketException | UnresolvedAddressException refused) {
      throw new ServiceException(
          option + " " + address.getHostString() + ":" + address.getPort() + ": "
              + refused.getMessage()
              + "; another process has it, or this machine has no such address: end that one, or choose another",
          refused);
    }
  }

  /** What both functions read, with defaults for what one machine knows by itself. */
  private static Map<String, String> environment(Plan plan) throws IOException {
    Map<String, String> environment = new TreeMap<>(plan.environment());
    Path rights = plan.state().resolve("rights.json");
    ConfigurationFile.compile(plan.configuration(), rights);
    Path forms = plan.state().resolve("forms.txt");
    Files.write(
        forms,
        FormCompiler.compile(new LayeredCatalog(
                List.of(new DirectoryCatalog(List.of(plan.templates())), new BundledCatalog())))
            .file());
    environment.put("CHATOPS_CONFIG", plan.configuration().toString());
    environment.put("CHATOPS_RIGHTS", rights.toString());
    environment.put("CHATOPS_FORMS", forms.toString());
    environment.putIfAbsent("CHATOPS_TEMPLATES", plan.templates().toString());
    environment.putIfAbsent("CHATOPS_STORE", "sqlite:" + DataDirectory.storeIn(plan.state()));
    environment.putIfAbsent("EXECUTION_FUNCTION", "execution");
    return environment;
  }

  private void handle(ByteArrayInputStream event, ByteArrayOutputStream answer) throws IOException {
    execution.handleRequest(event, answer, keys.invocation("local-" + requests.incrementAndGet()));
  }

  /** Before the first sweep has ended, the start counts: that one is not late yet. */
  private Instant lastSweep() {
    return execution.lastSweep().orElse(started);
  }

  private void measured() {
    metrics.describe(REQUESTS, "Requests that reached Front");
    metrics.declare(REQUESTS);
    metrics.gauge(
        "chatops_queue_waiting", "Messages that were accepted and are not done", queue::waiting);
    metrics.gauge(
        "chatops_audit_unread_trails",
        "Executions that the newest anchor left out, because their rows cannot be read",
        this::unreadTrails);
    metrics.gauge(
        "chatops_last_sweep_seconds",
        "When the last sweep ended, since 1970",
        () -> lastSweep().toEpochMilli() / 1000.0);
    metrics.gauge(
        "chatops_memory_used_bytes",
        "Heap in use",
        () -> (double) Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
  }

  /** No number where the store does not tell. */
  private double unreadTrails() {
    try {
      return execution.unreadTrails();
    } catch (EngineException away) {
      return Double.NaN;
    }
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  private void health(HttpExchange exchange) throws IOException {
    if (isEnding) {
      answer(exchange, 503, "text/plain; charset=utf-8", "it is ending\n");
      return;
    }
    Instant now = clock.instant();
    boolean isAlive = !LastSweep.isLate(lastSweep(), now);
    String text = isAlive
        ? "ok\n"
        : "no sweep has ended for " + Duration.between(lastSweep(), now).toSeconds()
            + " s; see the log\n";
    answer(exchange, isAlive ? 200 : 503, "text/plain; charset=utf-8", text);
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    try (exchange) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  public InetSocketAddress front() {
    return front.address();
  }

  public InetSocketAddress watch() {
    return watch.getAddress();
  }

  /** Answers what was asked, lets what runs come to its next checkpoint, then closes the store. */
  @Override
  public void close() {
    isEnding = true;
    timer.shutdown();
    front.close();
    queue.drain(DRAIN);
    watch.stop(0);
    watching.shutdown();
    queue.close();
    execution.preStop(new Invocation("stop", "", "", ""));
    try {
      state.close();
    } catch (IOException unlocked) {
      // the process ends, and its lock with it
    }
  }
}
