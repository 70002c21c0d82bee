package chatops.engine.audit;

import chatops.engine.action.Reply;
import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.cloud.Session;
import chatops.engine.effect.EffectClass;
import chatops.engine.execution.Execution;
import chatops.engine.id.TaskPath;
import chatops.engine.view.Mask;
import chatops.engine.view.Views;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The records of calls that change something; reads are counted with the execution's end, because a wait may make thousands. Of
 * a web request the host is told and no more: a path may be a credential.
 */
public final class CallRecords {
  /** How a message that a template posts to a web hook is called. */
  public static final String MESSAGE = "HTTP.Message";

  private CallRecords() {}

  /** @param role of the frame it is made in; empty is the configured default */
  public static AuditRecord call(
      Execution execution,
      TaskPath path,
      String task,
      ApiRequest request,
      EffectClass effect,
      String role,
      Instant at) {
    AuditRecord record =
        AuditRecord.of(at, Kinds.CALL).and("path", path.value()).and("task", task);
    if (request.isWeb()) {
      return record.and("call", request.name()).and("host", host(request.roa()));
    }
    Mask mask = Views.mask(execution);
    return record
        .and("call", request.name())
        .and("class", effect.name().toLowerCase(Locale.ROOT))
        .and("region", request.regionId())
        .and("role", role)
        .and(
            "parameters", SecretFields.hidden(mask.object(request.parameters())).toString());
  }

  public static AuditRecord message(TaskPath path, String task, URI to, Instant at) {
    return AuditRecord.of(at, Kinds.CALL)
        .and("path", path.value())
        .and("task", task)
        .and("call", MESSAGE)
        .and("host", to.getHost() == null ? "" : to.getHost());
  }

  /** @param call its name, as {@link ApiRequest#name} has it */
  public static AuditRecord unsent(TaskPath path, String call, Instant at) {
    return AuditRecord.of(at, Kinds.UNSENT).and("path", path.value()).and("call", call);
  }

  public static AuditRecord result(
      Execution execution, TaskPath path, String call, Reply reply, Instant at) {
    AuditRecord record =
        AuditRecord.of(at, Kinds.RESULT).and("path", path.value()).and("call", call);
    if (reply instanceof Reply.Answered answered) {
      return record
          .and("result", "done")
          .and("requestId", answered.body().path("RequestId").asText(""));
    }
    if (reply instanceof Reply.Refused refused) {
      ApiException error = refused.error();
      return record
          .and("result", error.verdict().name().toLowerCase(Locale.ROOT))
          .and("code", error.code())
          .and("message", Views.mask(execution).text(String.valueOf(error.getMessage())))
          .and("requestId", error.requestId());
    }
    if (reply instanceof Reply.Http http) {
      return record.and("result", "done").and("status", http.answer().status());
    }
    return record.and("result", "unreached");
  }

  /** The session whose keys calls are signed with from now on; the keys themselves are not told. */
  public static AuditRecord session(Session session, Instant at) {
    return AuditRecord.of(at, Kinds.SESSION)
        .and("role", session.roleArn())
        .and("until", session.expiration().toString());
  }

  private static String host(ApiRequest.@Nullable Roa roa) {
    try {
      String host = roa == null ? null : new URI(roa.uri()).getHost();
      return host == null ? "" : host;
    } catch (URISyntaxException e) {
      return "";
    }
  }
}
