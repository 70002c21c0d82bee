package chatops.engine.run;

import chatops.engine.action.Reply;
import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiResponse;
import chatops.engine.cloud.Caller;
import chatops.engine.cloud.Session;
import chatops.engine.effect.EffectClass;
import chatops.engine.id.TaskPath;
import chatops.engine.notice.OutboundException;
import chatops.engine.pace.Pace;
import chatops.engine.pace.Paces;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends effects, on the host's executor or in the worker's own thread, and collects what comes back, in the order it comes.
 */
final class Courier {
  private final Ports ports;
  private final Settings settings;
  private final Paces paces;
  private final Caller caller;
  private final BooleanSupplier mayMutate;
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

  /** One effect that came back. @param session whose keys signed it; null where none did */
  record Arrival(TaskPath path, Reply reply, @Nullable Session session) {}

  /** @param mayMutate whether the lease outlives a call that is sent now */
  Courier(Ports ports, Settings settings, Paces paces, Caller caller, BooleanSupplier mayMutate) {
    this.mayMutate = mayMutate;
    this.paces = paces;
    this.ports = ports;
    this.settings = settings;
    this.caller = caller;
  }

  BlockingQueue<Arrival> arrivals() {
    return arrivals;
  }

  /** An effect that needed no sending. */
  void arrived(TaskPath path, Reply reply) {
    arrivals.add(new Arrival(path, reply, null));
  }

  void send(Turn.Ready effect) {
    ports.executor().execute(() -> arrivals.add(arrival(effect)));
  }

  /** Sends it here and now: for a worker that would do nothing but wait for it. */
  void perform(Turn.Ready effect) {
    arrivals.add(arrival(effect));
  }

  private Arrival arrival(Turn.Ready effect) {
    if (effect instanceof Turn.Ready.Api api && !api.request().isWeb()) {
      return call(api);
    }
    return new Arrival(effect.path(), reply(effect), null);
  }

  private Reply reply(Turn.Ready effect) {
    if (effect instanceof Turn.Ready.Api api) {
      return web(api);
    }
    if (effect instanceof Turn.Ready.Http http) {
      try {
        return new Reply.Http(ports.outbound().send(http.message()));
      } catch (OutboundException e) {
        boolean isFinal = e.fate() == OutboundException.Fate.REFUSED;
        return new Reply.Unreached(String.valueOf(e.getMessage()), isFinal);
      } catch (RuntimeException e) {
        return new Reply.Unreached("the request failed: " + e.getClass().getSimpleName(), false);
      }
    }
    throw new IllegalStateException("unknown effect " + effect);
  }

  private Arrival call(Turn.Ready.Api api) {
    Session session = null;
    Reply reply;
    try {
      session = ports.credentials().session(caller, api.ramRole());
      reply = call(api, session);
    } catch (ApiException e) {
      reply = new Reply.Refused(notSent(e));
    } catch (RuntimeException e) {
      reply = new Reply.Refused(broken(
          api, "no session: " + e.getClass().getSimpleName(), ApiException.Verdict.NOT_PROCESSED));
    }
    return new Arrival(api.path(), reply, session);
  }

  private Reply call(Turn.Ready.Api api, Session session) {
    if (!maySend(api)) {
      return late(api);
    }
    Pace pace = paces.of(api.request(), now());
    long sent = pace.depart(now());
    if (sent == Pace.SHUT) {
      return new Reply.Refused(broken(
          api,
          "not sent: the cloud takes fewer calls at the moment",
          ApiException.Verdict.THROTTLED));
    }
    try {
      ApiResponse response = ports.cloud().call(api.request(), session, settings.callTimeout());
      pace.passed(sent, now());
      return new Reply.Answered(response.body());
    } catch (ApiException e) {
      if (e.isOverload()) {
        pace.refused(sent, now());
      } else if (e.verdict() != ApiException.Verdict.UNKNOWN) {
        pace.passed(sent, now());
      }
      return new Reply.Refused(e);
    } catch (RuntimeException e) {
      return new Reply.Refused(broken(
          api,
          "the call broke off: " + e.getClass().getSimpleName(),
          ApiException.Verdict.UNKNOWN));
    }
  }

  private long now() {
    return ports.nanos().getAsLong();
  }

  /** Whoever takes over at the end of the lease relies on it that nothing lands much later. */
  private boolean maySend(Turn.Ready.Api api) {
    return api.effect() == EffectClass.READ || mayMutate.getAsBoolean();
  }

  private static Reply late(Turn.Ready.Api api) {
    return new Reply.Refused(broken(
        api, "not sent: the lease ends before the call", ApiException.Verdict.NOT_PROCESSED));
  }

  private Reply web(Turn.Ready.Api api) {
    if (!maySend(api)) {
      return late(api);
    }
    try {
      return WebCalls.send(ports.outbound(), api.request(), settings.callTimeout());
    } catch (RuntimeException e) {
      return new Reply.Refused(broken(
          api,
          "the request broke off: " + e.getClass().getSimpleName(),
          ApiException.Verdict.UNKNOWN));
    }
  }

  /** Without a session the call itself never left, whatever is unknown about the session. */
  private static ApiException notSent(ApiException e) {
    return e.verdict() == ApiException.Verdict.UNKNOWN
        ? new ApiException(
            e.api(),
            e.code(),
            "no session",
            e.requestId(),
            e.httpStatus(),
            ApiException.Verdict.NOT_PROCESSED,
            e.body())
        : e;
  }

  private static ApiException broken(
      Turn.Ready.Api api, String message, ApiException.Verdict verdict) {
    return new ApiException(api.request().name(), "ClientError", message, "", 0, verdict, null);
  }
}
