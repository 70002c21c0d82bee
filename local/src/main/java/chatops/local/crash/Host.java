package chatops.local.crash;

import chatops.engine.Engine;
import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.cloud.ApiResponse;
import chatops.engine.cloud.Session;
import chatops.engine.effect.EffectClass;
import chatops.engine.execution.Waits;
import chatops.engine.id.ExecutionId;
import chatops.engine.notice.Links;
import chatops.engine.notice.Notice;
import chatops.engine.notice.Outbound;
import chatops.engine.run.Ports;
import chatops.engine.store.ExecutionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** One process with an engine in it: every way out of the engine is a place where the process may end. */
final class Host {
  private static final Duration BEFORE_TIMEOUT = Duration.ofSeconds(1);

  private final String name;
  private final Scene scene;
  private final WitnessedCloud cloud;
  private final Watch watch;
  private final Stage stage;
  private final Weather weather;
  private final Duration skew;
  private final Engine engine;

  /** @param skew how far the clock of this host is ahead */
  Host(
      String name,
      Scene scene,
      ExecutionStore store,
      WitnessedCloud cloud,
      Watch watch,
      Stage stage,
      Weather weather,
      Duration skew) {
    this.name = name;
    this.scene = scene;
    this.cloud = cloud;
    this.watch = watch;
    this.stage = stage;
    this.weather = weather;
    this.skew = skew;
    Ports ports = new Ports(
        new HostStore(store, this),
        scene.templates(),
        this::call,
        (caller, role) ->
            new Session("crash-test:" + role, caller.execution().value(), "", "", Instant.MAX),
        this::send,
        this::tell,
        this::wake,
        Links.NONE,
        this::now,
        this::nanos,
        new Naps(),
        Runnable::run);
    engine = new Engine(ports, scene.settings(), name);
  }

  String name() {
    return name;
  }

  Engine engine() {
    return engine;
  }

  /** Takes up what is due. Whatever fails, the stage is told. */
  void sweep(int most, Duration turn) {
    engine.sweep(most, now().plus(turn), (id, failure) -> stage.failed(failure));
  }

  Instant now() {
    return stage.look().plus(skew);
  }

  private long nanos() {
    return stage.now().toEpochMilli() * 1_000_000;
  }

  /** @throws Halted when this process must not do anything any more */
  void mustRun() {
    if (!stage.isSettingUp()) {
      stage.current();
    }
  }

  /** As {@link #mustRun}, before the store is used. */
  void mustReachStore() {
    mustRun();
    if (!stage.isSettingUp()) {
      weather.storing();
    }
  }

  void pass(Place place, String what) {
    if (isCut(place, what)) {
      throw stage.halt();
    }
  }

  private boolean isCut(Place place, String what) {
    mustRun();
    return weather.strikes(place, what);
  }

  private ApiResponse call(ApiRequest request, Session session, Duration timeout) {
    String api = request.name();
    pass(Place.CALL_UNSENT, api);
    if (cloud.effectClass(request) != EffectClass.READ) {
      watch.sending(this, new ExecutionId(session.accessKeyId()), request, timeout, skew);
      if (isCut(Place.CALL_ON_ITS_WAY, api)) {
        stage.at(
            stage.now().plus(timeout).minus(BEFORE_TIMEOUT), () -> land(request, session, timeout));
        throw stage.halt();
      }
    }
    if (isCut(Place.CALL_LOST, api)) {
      throw noAnswer(api);
    }
    ApiResponse response;
    try {
      response = cloud.call(request, session, timeout);
    } catch (ApiException refused) {
      pass(Place.CALL_LANDED, api);
      throw refused;
    }
    pass(Place.CALL_LANDED, api);
    if (isCut(Place.REPLY_LOST, api)) {
      throw noAnswer(api);
    }
    return response;
  }

  private static ApiException noAnswer(String api) {
    return new ApiException(
        api, "Unreachable", "no answer", "", 0, ApiException.Verdict.UNKNOWN, null);
  }

  private void land(ApiRequest request, Session session, Duration timeout) {
    try {
      cloud.call(request, session, timeout);
    } catch (ApiException refused) {
      // nobody is there to be told
    }
  }

  private Outbound.HttpAnswer send(Outbound.HttpCall call) {
    pass(Place.HOOK_BEFORE, call.uri().getPath());
    Outbound.HttpAnswer answer = scene.outbound().send(call);
    pass(Place.HOOK_AFTER, call.uri().getPath());
    return answer;
  }

  private void tell(Notice notice) {
    String kind = notice.getClass().getSimpleName();
    pass(Place.NOTICE_BEFORE, kind);
    weather.told(notice);
    pass(Place.NOTICE_AFTER, kind);
  }

  private void wake(ExecutionId id, long version, Instant at) {
    String what = id + " v" + version;
    pass(Place.WAKE_BEFORE, what);
    if (!isCut(Place.WAKE_LOST, what)) {
      weather.woken(id, at.minus(skew), isCut(Place.WAKE_DOUBLED, what));
    }
  }

  /** Waiting takes no time: others go on, and the clock jumps when nobody can. */
  private final class Naps implements Waits {
    @Override
    public <T> @Nullable T next(BlockingQueue<T> ready, Instant until) {
      mustRun();
      stage.sleep(until.minus(skew), () -> !ready.isEmpty());
      return ready.poll();
    }
  }
}
