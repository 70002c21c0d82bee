package chatops.local.rehearsal;

import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.cloud.ApiResponse;
import chatops.engine.cloud.CloudApi;
import chatops.engine.cloud.Session;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cloud of a rehearsal: services that are played answer with their own behaviour, all others with {@link Replies}.
 * Remembers every call. Not thread-safe.
 */
public final class RehearsedCloud implements CloudApi {
  private final Account account;
  private final Replies replies;
  private final InstantSource clock;
  private final List<MadeCall> calls = new ArrayList<>();

  public RehearsedCloud(Account account, Replies replies, InstantSource clock) {
    this.account = account;
    this.replies = replies;
    this.clock = clock;
  }

  @Override
  public ApiResponse call(ApiRequest request, Session session, Duration timeout) {
    try {
      JsonNode body = body(request, session, timeout);
      note(request, "", body);
      return new ApiResponse(body, body.path("RequestId").asText("simulated-" + calls.size()));
    } catch (ApiException error) {
      JsonNode body = error.body();
      note(request, error.code(), body == null ? NullNode.getInstance() : body);
      throw error;
    }
  }

  private JsonNode body(ApiRequest request, Session session, Duration timeout) {
    Optional<JsonNode> instead = replies.instead(request);
    if (instead.isPresent()) {
      return instead.get();
    }
    if (!account.cloud().plays(request)) {
      return replies.reply(request);
    }
    account.prepare(request);
    return replies.completed(
        request, account.cloud().call(request, session, timeout).body());
  }

  private void note(ApiRequest request, String code, JsonNode body) {
    calls.add(new MadeCall(clock.instant(), replies.place(request), request, code, body));
  }

  /** All calls in the order they were made. */
  public List<MadeCall> calls() {
    return List.copyOf(calls);
  }
}
