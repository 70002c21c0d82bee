package chatops.engine.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an execution was started with; never changes.
 *
 * @param parameters bound values by declared name
 * @param noEcho names of parameters whose values must never be shown
 * @param replyAddress opaque, sealed by the host
 * @param origin opaque facts of the host
 */
public record Request(
    Pin template,
    ObjectNode parameters,
    List<String> noEcho,
    Person startedBy,
    String replyAddress,
    Map<String, String> origin,
    String regionId,
    String ramRole,
    String mode,
    Instant createdAt) {
  public Request {
    noEcho = List.copyOf(noEcho);
    origin = Map.copyOf(origin);
  }
}
