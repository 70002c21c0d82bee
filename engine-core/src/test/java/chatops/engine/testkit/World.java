package chatops.engine.testkit;

import chatops.engine.Engine;
import chatops.engine.StartExecution;
import chatops.engine.Swept;
import chatops.engine.catalog.TemplateCatalog;
import chatops.engine.cloud.Session;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Invoker;
import chatops.engine.execution.Person;
import chatops.engine.execution.Waits;
import chatops.engine.expression.function.Functions;
import chatops.engine.id.ExecutionId;
import chatops.engine.jq.Jq;
import chatops.engine.notice.Links;
import chatops.engine.notice.Notice;
import chatops.engine.notice.Notifier;
import chatops.engine.notice.Outbound;
import chatops.engine.run.Advanced;
import chatops.engine.run.Ports;
import chatops.engine.run.Settings;
import chatops.engine.run.Templates;
import chatops.engine.store.ExecutionQuery;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.memory.Fault;
import chatops.engine.store.memory.InMemoryExecutionStore;
import chatops.engine.template.Template;
import chatops.engine.template.TemplateParser;
import chatops.engine.view.ExecutionView;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything around an engine, in one thread and on a clock that jumps: a store, a cloud, people. The engine may end at
 * any {@link Boundaries boundary}; {@link #restart} puts a new one in its place.
 */
public final class World {
  public static final Person ANN = Person.of("slack:T1/U1", "ann");
  public static final Person BO = Person.of("slack:T1/U2", "bo");
  public static final ExecutionId ID = new ExecutionId("exec-1f2e3d4c5b6a");
  private static final Map<TemplateCatalog.Source, Template> PARSED = new ConcurrentHashMap<>();
  private static final ObjectMapper JSON = new ObjectMapper();

  public final SettableClock clock = new SettableClock();
  public final Boundaries boundaries;
  public final FakeCloud cloud;
  public final ExecutionStore store;
  public final List<Notice> notices = new ArrayList<>();
  public final List<String> hooks = new ArrayList<>();
  public int hookStatus = 200;
  public String hookAnswer = "{\"errcode\":0}";
  public final List<Outbound.HttpCall> web = new ArrayList<>();
  public @Nullable Function<Outbound.HttpCall, Outbound.HttpAnswer> peer;
  /** What the chat platform makes of a notice and what was remembered; null takes all and remembers nothing. */
  public @Nullable BiFunction<Notice, String, String> platform;

  private final Map<String, String> templates = new HashMap<>();
  private final List<Instant> wakes = new ArrayList<>();
  private Settings settings;
  private int engines;
  private String mode = "";
  private Engine engine;

  public World() {
    this(new Boundaries());
  }

  public World(Boundaries boundaries) {
    this(boundaries, Fault.NONE);
  }

  public World(Boundaries boundaries, Fault fault) {
    this(
        boundaries,
        clock -> new InMemoryExecutionStore(clock, (row, applied) -> {
          boundaries.pass((applied ? "after " : "before ") + row);
          fault.at(row, applied);
        }));
  }

  /** A world on any store; boundaries then lie around calls and messages only. */
  public World(Boundaries boundaries, Function<InstantSource, ExecutionStore> open) {
    this.boundaries = boundaries;
    this.cloud = new FakeCloud(boundaries, clock);
    this.store = open.apply(clock);
    this.settings = Settings.defaults().withInProcessWait(Duration.ZERO);
    this.engine = engine("engine-0");
  }

  public World settings(Settings with) {
    settings = with;
    restart();
    return this;
  }

  /** Mode of what is started from now on. */
  public World mode(String with) {
    mode = with;
    return this;
  }

  public World template(String name, String yaml) {
    templates.put(name, yaml);
    return this;
  }

  public Engine engine() {
    return engine;
  }

  /** The old process is gone; a new one knows nothing but the store. */
  public void restart() {
    engines++;
    engine = engine("engine-" + engines);
  }

  public Engine engine(String owner) {
    TemplateCatalog catalog = (name, version) -> {
      for (Map.Entry<String, String> e : templates.entrySet()) {
        if (e.getKey().equalsIgnoreCase(name)) {
          return Optional.of(new TemplateCatalog.Source(e.getKey(), "v1", e.getValue()));
        }
      }
      return Optional.empty();
    };
    Ports ports = new Ports(
        store,
        Templates.of(catalog, World::parsed),
        cloud,
        (execution, role) -> new Session("arn:" + role, "STS.id", "secret", "token", Instant.MAX),
        this::post,
        new People(),
        (Invoker) (id, version, at) -> {
          boundaries.pass("wake");
          wakes.add(at);
        },
        new Links() {
          @Override
          public String approval(ExecutionId execution, String approvalId) {
            return "https://chatops.example/approvals/" + approvalId;
          }

          @Override
          public String execution(ExecutionId execution) {
            return "https://chatops.example/executions/" + execution;
          }
        },
        clock,
        () -> clock.instant().toEpochMilli() * 1_000_000,
        new Jumps(),
        Runnable::run);
    return new Engine(ports, settings, owner);
  }

  /** Every world reads the same text the same way, so it is read once. */
  private static Template parsed(TemplateCatalog.Source source) {
    return PARSED.computeIfAbsent(source, unread -> {
      TemplateParser parser = new TemplateParser(Functions.all(), new Jq(), action -> true);
      return parser.parse(unread.text(), unread.name(), unread.version());
    });
  }

  private final class People implements Notifier {
    @Override
    public void tell(Notice notice) {
      boundaries.pass("before notice");
      notices.add(notice);
      boundaries.pass("after notice");
    }

    @Override
    public String tell(Notice notice, String memory) {
      tell(notice);
      return platform == null ? memory : platform.apply(notice, memory);
    }
  }

  private Outbound.HttpAnswer post(Outbound.HttpCall call) {
    boundaries.pass("before hook");
    hooks.add(new String(call.body(), StandardCharsets.UTF_8));
    web.add(call);
    Outbound.HttpAnswer answer = peer == null
        ? new Outbound.HttpAnswer(hookStatus, hookAnswer.getBytes(StandardCharsets.UTF_8))
        : peer.apply(call);
    boundaries.pass("after hook");
    return answer;
  }

  /** Waiting takes no time: the clock jumps. */
  private final class Jumps implements Waits {
    @Override
    public <T> @Nullable T next(BlockingQueue<T> ready, Instant until) {
      T there = ready.poll();
      if (there == null) {
        clock.setAtLeast(until);
      }
      return there;
    }
  }

  public StartExecution wish(String template, String parameters) {
    Map<String, JsonNode> given = new HashMap<>();
    try {
      JSON.readTree(parameters).properties().forEach(e -> given.put(e.getKey(), e.getValue()));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(parameters, e);
    }
    return new StartExecution(
        ID, template, "", given, ANN, "sealed", Map.of("platform", "slack"), "cn-hangzhou", mode);
  }

  /** Starts and runs until the execution waits for people or has ended. */
  public ExecutionView run(String template, String parameters) {
    engine.start(wish(template, parameters));
    return drive();
  }

  public Advanced advance() {
    return engine.advance(ID, clock.instant().plus(Duration.ofMinutes(5)));
  }

  /** Lets time pass until the execution waits for people or has ended. */
  public ExecutionView drive() {
    for (int i = 0; i < 10_000; i++) {
      Advanced advanced = advance();
      ExecutionView view = view();
      boolean needsPeople =
          advanced.state() == Advanced.State.PARKED && !view.waitingStatus().isEmpty();
      if (advanced.state() == Advanced.State.ENDED && advanced.wakeAt() == null || needsPeople) {
        return view;
      }
      Instant next = advanced.state() == Advanced.State.BUSY ? advanced.wakeAt() : view.wakeAt();
      clock.setAtLeast(next == null ? clock.instant() : next);
    }
    throw new IllegalStateException("the execution does not come to rest: " + view());
  }

  /** One sweep. What fails is thrown when all had their turn. */
  public Swept sweep() {
    return sweep(engine, Duration.ofMinutes(5));
  }

  public Swept sweep(Engine by, Duration turn) {
    List<RuntimeException> failed = new ArrayList<>();
    Swept swept = by.sweep(100, clock.instant().plus(turn), (id, e) -> failed.add(e));
    if (!failed.isEmpty()) {
      throw failed.get(0);
    }
    return swept;
  }

  /** Lets everything happen that is due before {@code until}, children included; the clock stands there then. */
  public void live(Instant until) {
    for (int i = 0; i < 100_000; i++) {
      Swept swept = sweep();
      Optional<Instant> next =
          store.due(Instant.MAX, 1).stream().map(r -> r.wakeAt()).findFirst();
      if (next.isPresent() && !next.get().isAfter(clock.instant())) {
        // due, but in the hands of somebody who may have ended: time must pass
        clock.advance(swept.advanced() > 0 ? Duration.ZERO : Duration.ofSeconds(1));
        continue;
      }
      if (next.isEmpty() || !next.get().isBefore(until)) {
        clock.setAtLeast(until);
        return;
      }
      clock.setAtLeast(next.get());
    }
    throw new IllegalStateException("the executions do not come to rest");
  }

  /** All executions, the oldest first. */
  public List<ExecutionView> all() {
    List<ExecutionView> all =
        new ArrayList<>(engine.list(new ExecutionQuery(null, null, null, null, 10_000)));
    Collections.reverse(all);
    return all;
  }

  public ExecutionView view() {
    return engine.find(ID).orElseThrow();
  }

  public chatops.engine.VoteResult vote(Person voter, Decision decision) {
    var open = view().approvals().stream().filter(a -> a.isOpen()).findFirst();
    String id = open.map(a -> a.id()).orElse(view().approvals().get(0).id());
    return engine.vote(ID, id, decision, voter, "", voter.id() + decision);
  }

  public List<String> taskLines() {
    return engine.tasks(ID).stream()
        .map(t -> t.path() + " " + t.name() + " " + t.status())
        .toList();
  }

  public <N extends Notice> List<N> notices(Class<N> kind) {
    return notices.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  public List<Instant> wakes() {
    return List.copyOf(wakes);
  }
}
