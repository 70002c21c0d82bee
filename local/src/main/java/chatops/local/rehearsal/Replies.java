package chatops.local.rehearsal;

import chatops.engine.cloud.ApiRequest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What is answered to calls. */
public interface Replies {
  /** Task names from the outermost template to the task that calls, joined by {@code /}; empty when nobody said so. */
  String place(ApiRequest request);

  /**
   * The answer instead of the service's own; empty to let a played service answer.
   *
   * @throws chatops.engine.cloud.ApiException to answer with an error
   */
  Optional<JsonNode> instead(ApiRequest request);

  /** The answer when nobody plays the service. */
  JsonNode reply(ApiRequest request);

  /** A played service's answer with what it lacks. */
  JsonNode completed(ApiRequest request, JsonNode played);
}
