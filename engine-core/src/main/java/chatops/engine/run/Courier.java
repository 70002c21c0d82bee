package chatops.engine.run;

import chatops.engine.action.Reply;
import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiResponse;
import chatops.engine.cloud.Session;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.notice.OutboundException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Sends effects on the host's executor and collects what comes back, in the order it comes. */
final class Courier {
  private final Ports ports;
  private final Settings settings;
  private final ExecutionId execution;
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

  /** One effect that came back. */
  record Arrival(TaskPath path, Reply reply) {}

  Courier(Ports ports, Settings settings, ExecutionId execution) {
    this.ports = ports;
    this.settings = settings;
    this.execution = execution;
  }

  BlockingQueue<Arrival> arrivals() {
    return arrivals;
  }

  void send(Turn.Ready effect) {
    ports.executor().execute(() -> arrivals.add(new Arrival(effect.path(), reply(effect))));
  }

  private Reply reply(Turn.Ready effect) {
    if (effect instanceof Turn.Ready.Api api) {
      return call(api);
    }
    if (effect instanceof Turn.Ready.Http http) {
      try {
        return new Reply.Http(ports.outbound().send(http.message()));
      } catch (OutboundException e) {
        return new Reply.Unreached(String.valueOf(e.getMessage()), e.isRefused());
      } catch (RuntimeException e) {
        return new Reply.Unreached("the request failed: " + e.getClass().getSimpleName(), false);
      }
    }
    throw new IllegalStateException("unknown effect " + effect);
  }

  private Reply call(Turn.Ready.Api api) {
    Session session;
    try {
      session = ports.credentials().session(execution, api.ramRole());
    } catch (ApiException e) {
      return new Reply.Refused(notSent(e));
    } catch (RuntimeException e) {
      return new Reply.Refused(broken(
          api, "no session: " + e.getClass().getSimpleName(), ApiException.Verdict.NOT_PROCESSED));
    }
    try {
      ApiResponse response = ports.cloud().call(api.request(), session, settings.callTimeout());
      return new Reply.Answered(response.body());
    } catch (ApiException e) {
      return new Reply.Refused(e);
    } catch (RuntimeException e) {
      return new Reply.Refused(broken(
          api,
          "the call broke off: " + e.getClass().getSimpleName(),
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
