package chatops.engine.action;

import chatops.engine.cloud.ApiException;
import chatops.engine.notice.Outbound;
import com.fasterxml.jackson.databind.JsonNode;

/** What came of the effect an action asked for. */
public sealed interface Reply {

  /** The API answered. */
  record Answered(JsonNode body) implements Reply {}

  /** The API refused, for good: tries and convergence are over. */
  record Refused(ApiException error) implements Reply {}

  /** A web hook answered, whatever its status. */
  record Http(Outbound.HttpAnswer answer) implements Reply {}

  /** A web hook was not reached; {@code isFinal} when another try is useless. */
  record Unreached(String message, boolean isFinal) implements Reply {}
}
