package chatops.benchmarks.durable;

import chatops.chat.reply.Seal;
import chatops.engine.Engine;
import chatops.engine.StartExecution;
import chatops.engine.catalog.TemplateCatalog;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.cloud.ApiResponse;
import chatops.engine.cloud.Session;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Invoker;
import chatops.engine.execution.Person;
import chatops.engine.execution.Waits;
import chatops.engine.id.ExecutionId;
import chatops.engine.notice.Links;
import chatops.engine.notice.Notice;
import chatops.engine.notice.Outbound;
import chatops.engine.run.Ports;
import chatops.engine.run.Settings;
import chatops.engine.run.Templates;
import chatops.engine.store.ExecutionStore;
import chatops.engine.view.ExecutionView;
import chatops.execution.sealed.SealedStore;
import chatops.execution.sqlite.SqliteExecutionStore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Our engine as a host on one machine has it: SQLite with its write-ahead log and {@code synchronous=FULL}, sealed rows, task and
 * audit rows, a pool for calls. Only what is outside is left out: calls answer at once, and nobody reads the messages.
 */
final class OurEngine implements Stage.Performance {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Person ANN = Person.of("slack:T1/U1", "ann");
  private static final Person BO = Person.of("slack:T1/U2", "bo");
  private static final Set<String> READS = Set.of("load", "tasks", "blob", "audit", "list");
  private static final Duration TURN = Duration.ofMinutes(5);
  private static final Map<String, String> TEMPLATES = Map.of("process", """
          FormatVersion: OOS-2019-06-01
          Tasks:
            - {Name: one, Action: 'ACS::ExecuteAPI', Properties: {Service: ecs, API: RunCommand, Parameters: {InstanceId: [one]}}}
            - {Name: ask, Action: 'ACS::Approve', Properties: {NotifyType: WebHook, WebHook: {URI: 'https://hooks.example/x', Content: {text: go}}}}
            - {Name: two, Action: 'ACS::ExecuteAPI', Properties: {Service: ecs, API: RunCommand, Parameters: {InstanceId: [two]}}}
            - {Name: three, Action: 'ACS::ExecuteAPI', Properties: {Service: ecs, API: RunCommand, Parameters: {InstanceId: [three]}}}
          """, "loop", """
          FormatVersion: OOS-2019-06-01
          Parameters:
            items: {Type: Number}
            concurrency: {Type: Number}
          Tasks:
            - Name: item
              Action: ACS::ExecuteAPI
              Properties: {Service: ecs, API: RunCommand, Parameters: {InstanceId: ['{{ ACS::TaskLoopItem }}']}}
              Outputs: {id: {Type: String, ValueSelector: RequestId}}
              Loop:
                Items: {'Fn::Jq': [First, '[range(0; .) | tostring]', '{{ items }}']}
                RateControl: {Mode: Concurrency, Concurrency: '{{ concurrency }}', MaxErrors: 0}
          """);

  private final ExecutionStore store;
  private final Engine engine;
  private final AtomicLong reads = new AtomicLong();
  private final Map<ExecutionId, String> asked = new ConcurrentHashMap<>();
  private final ExecutorService calls = Executors.newCachedThreadPool();
  private final AtomicLong next = new AtomicLong(new Random().nextLong() & 0xffffff00000000L);
  private final AtomicLong ended = new AtomicLong();
  private final AtomicLong commits = new AtomicLong();
  private final AtomicLong invocations = new AtomicLong();
  private final AtomicLong rows = new AtomicLong();
  private long lastBusy = busy();

  private OurEngine(Path file) {
    InstantSource clock = InstantSource.system();
    store = new SealedStore(
        counting(new SqliteExecutionStore(file, clock)),
        new Seal("k1:c2VhbC1rZXktbm9ib2R5LW1heS1zZWUtMDAwMDAwMDA="));
    TemplateCatalog catalog = (name, version) -> Optional.ofNullable(TEMPLATES.get(name))
        .map(text -> new TemplateCatalog.Source(name, "v1", text));
    engine = new Engine(
        new Ports(
            store,
            Templates.of(catalog),
            (request, session, timeout) -> call(request),
            (caller, role) -> new Session("arn", "id", "", "", Instant.MAX),
            call ->
                new Outbound.HttpAnswer(200, "{\"errcode\":0}".getBytes(StandardCharsets.UTF_8)),
            this::told,
            (Invoker) (id, version, at) -> {},
            Links.NONE,
            clock,
            System::nanoTime,
            Waits.real(clock),
            calls),
        Settings.defaults(),
        "benchmark");
  }

  /** @param arguments the file of the store */
  public static void main(String[] arguments) throws Exception {
    Stage.show(new OurEngine(Path.of(arguments[0])));
  }

  /** A button knows the approval that it is for. */
  private void told(Notice notice) {
    if (notice instanceof Notice.DecisionWanted wanted) {
      asked.put(wanted.envelope().execution(), wanted.approvalId());
    }
  }

  private ExecutionStore counting(ExecutionStore rows) {
    return (ExecutionStore) Proxy.newProxyInstance(
        OurEngine.class.getClassLoader(),
        new Class<?>[] {ExecutionStore.class},
        (proxy, method, arguments) -> {
          if (READS.contains(method.getName())) {
            reads.incrementAndGet();
          }
          try {
            return method.invoke(rows, arguments);
          } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
          }
        });
  }

  private static ApiResponse call(ApiRequest request) {
    try {
      return new ApiResponse(
          JSON.readTree(
              Stage.call(request.parameters().findValuesAsText("InstanceId").toString())),
          "r");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void process() {
    ExecutionId id = start("process", Map.of());
    String approval = Objects.requireNonNull(asked.remove(id));
    engine.vote(id, approval, Decision.APPROVE, BO, "", approval);
    engine.advance(id, Instant.now().plus(TURN));
    ended(id);
  }

  @Override
  public void loop(int items, int concurrency) {
    ended(start(
        "loop",
        Map.of("items", IntNode.valueOf(items), "concurrency", IntNode.valueOf(concurrency))));
  }

  private ExecutionId start(String template, Map<String, JsonNode> parameters) {
    ExecutionId id =
        new ExecutionId(String.format(Locale.ROOT, "exec-%016x", next.incrementAndGet()));
    engine.start(new StartExecution(
        id, template, "", parameters, ANN, "", Map.of("platform", "slack"), "cn-hangzhou", ""));
    engine.advance(id, Instant.now().plus(TURN));
    return id;
  }

  private void ended(ExecutionId id) {
    ExecutionView view = engine.find(id).orElseThrow();
    if (!view.status().equals("Success")) {
      throw new IllegalStateException("ended as " + view);
    }
    ended.incrementAndGet();
    commits.addAndGet(view.counters().commits());
    rows.addAndGet(view.counters().rows());
    invocations.addAndGet(1 + view.counters().wakeUps());
  }

  /** Since the last time it was asked. */
  @Override
  public String facts() {
    double executions = ended.getAndSet(0);
    long busy = busy();
    String line = String.format(
        Locale.ROOT,
        "%.1f commits, %.1f row writes, %.1f reads, %.1f invocations, %.2f ms of processor time",
        commits.getAndSet(0) / executions,
        rows.getAndSet(0) / executions,
        reads.getAndSet(0) / executions,
        invocations.getAndSet(0) / executions,
        (busy - lastBusy) / executions / 1e6);
    lastBusy = busy;
    return line;
  }

  private static long busy() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  @Override
  public void close() {
    calls.shutdown();
    store.close();
  }
}
