package chatops.local.rehearsal;

import chatops.cloudsim.clock.SettableClock;
import chatops.engine.Engine;
import chatops.engine.cloud.CloudApi;
import chatops.engine.cloud.Session;
import chatops.engine.execution.Invoker;
import chatops.engine.execution.Status;
import chatops.engine.execution.WaitingStatus;
import chatops.engine.execution.Waits;
import chatops.engine.id.ExecutionId;
import chatops.engine.notice.Links;
import chatops.engine.notice.Notice;
import chatops.engine.notice.Outbound;
import chatops.engine.run.Advanced;
import chatops.engine.run.Ports;
import chatops.engine.run.Settings;
import chatops.engine.run.Templates;
import chatops.engine.store.ExecutionStore;
import chatops.engine.view.ExecutionView;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything around an engine, in the caller's thread and on a clock that only jumps. Nothing sleeps; web hooks are
 * answered with success and remembered; sessions are made up. Several engines may share one world: a process that died is a
 * call of {@link #engine} with another owner. Not thread-safe.
 */
public final class VirtualWorld {
  private static final Duration TURN = Duration.ofMinutes(5);
  private static final int MOST_TURNS = 20_000;
  private static final byte[] HEARD = "{\"errcode\":0}".getBytes(StandardCharsets.UTF_8);

  private final SettableClock clock;
  private final ExecutionStore store;
  private final Templates templates;
  private final CloudApi cloud;
  private final Settings settings;
  private final People people;
  private final Function<URI, Optional<JsonNode>> web;
  private final List<Notice> notices = new ArrayList<>();
  private final List<Outbound.HttpCall> hooks = new ArrayList<>();

  /**
   * @param clock shared with {@code cloud} and {@code store}
   * @param people decide what the engine asks
   * @param web what an address answers; empty for one that only hears
   */
  public VirtualWorld(
      SettableClock clock,
      ExecutionStore store,
      Templates templates,
      CloudApi cloud,
      Settings settings,
      People people,
      Function<URI, Optional<JsonNode>> web) {
    this.clock = clock;
    this.store = store;
    this.templates = templates;
    this.cloud = cloud;
    this.settings = settings.withInProcessWait(Duration.ZERO);
    this.people = people;
    this.web = web;
  }

  /** An engine that knows nothing but the store. */
  public Engine engine(String owner) {
    Ports ports = new Ports(
        store,
        templates,
        cloud,
        (execution, role) ->
            new Session("acs:ram::rehearsal:role/" + role, "", "", "", Instant.MAX),
        this::post,
        notices::add,
        (Invoker) (id, version, at) -> {},
        Links.NONE,
        clock,
        () ->
            clock.instant().getEpochSecond() * 1_000_000_000L + clock.instant().getNano(),
        new Jumps(),
        Runnable::run);
    return new Engine(ports, settings, owner);
  }

  private Outbound.HttpAnswer post(Outbound.HttpCall call) {
    hooks.add(call);
    byte[] answer = web.apply(call.uri())
        .map(body -> body.toString().getBytes(StandardCharsets.UTF_8))
        .orElse(HEARD);
    return new Outbound.HttpAnswer(200, answer);
  }

  /** Waiting takes no time. */
  private final class Jumps implements Waits {
    @Override
    public <T> @Nullable T next(BlockingQueue<T> ready, Instant until) {
      T there = ready.poll();
      if (there == null) {
        clock.moveTo(until);
      }
      return there;
    }
  }

  /**
   * Lets time pass and people decide until the execution has ended, or waits for a trigger.
   *
   * @return the execution as it then is; not ended when people do not decide, or when it never comes to rest
   */
  public ExecutionView drive(Engine engine, ExecutionId id) {
    for (int turn = 0; turn < MOST_TURNS; turn++) {
      Advanced advanced = engine.advance(id, clock.instant().plus(TURN));
      boolean waits = advanced.status().equals(Status.WAITING.text());
      if (advanced.state() != Advanced.State.ENDED && !waits && advanced.wakeAt() != null) {
        clock.moveTo(advanced.wakeAt());
        continue;
      }
      ExecutionView view = engine.find(id).orElseThrow();
      boolean isEnded = advanced.state() == Advanced.State.ENDED && advanced.wakeAt() == null;
      if (isEnded || view.waitingStatus().equals(WaitingStatus.TRIGGER)) {
        return view;
      }
      if (people.decide(engine, id, view)) {
        continue;
      }
      Instant next = advanced.state() == Advanced.State.BUSY ? advanced.wakeAt() : view.wakeAt();
      if (next == null || waitsForever(view, next)) {
        return view;
      }
      clock.moveTo(next);
    }
    return engine.find(id).orElseThrow();
  }

  /** What waits for people only is looked at now and then, and nothing else will happen to it. */
  private boolean waitsForever(ExecutionView view, Instant next) {
    boolean isAsked = view.approvals().stream().anyMatch(approval -> approval.isOpen())
        || view.questions().stream().anyMatch(question -> question.answer() == null);
    return isAsked && !next.isBefore(clock.instant().plus(settings.longestSleep()));
  }

  public SettableClock clock() {
    return clock;
  }

  /** What people were told, in order. */
  public List<Notice> notices() {
    return List.copyOf(notices);
  }

  /** The messages templates sent themselves, in order. */
  public List<Outbound.HttpCall> hooks() {
    return List.copyOf(hooks);
  }
}
