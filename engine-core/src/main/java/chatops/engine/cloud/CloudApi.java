package chatops.engine.cloud;

import java.time.Duration;

/** One OpenAPI call. Thread-safe. Never retries: repetition is the engine's decision, by effect class. */
public interface CloudApi {
  /** @throws ApiException when the API answers an error or its answer does not come within {@code timeout} */
  ApiResponse call(ApiRequest request, Session session, Duration timeout);
}
