package chatops.local.rehearsal;

import chatops.cloudsim.ecs.InstanceSpec;
import chatops.engine.cloud.ApiRequest;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is laid down for a run instead of being made up.
 *
 * @param start when the clock begins
 * @param answers answers instead of the services' own; a new one for each run, because it may count
 * @param people who decide; a new one for each run
 * @param instances instances of the account, besides those that calls name
 * @param mode execution mode, empty for the engine's default
 */
public record Script(
    Instant start,
    Supplier<Function<ApiRequest, Optional<JsonNode>>> answers,
    Supplier<People> people,
    Supplier<List<InstanceSpec>> instances,
    String mode) {
  /** Nothing is laid down. */
  public static final Script NONE = new Script(
      Instant.parse("2026-01-01T08:00:00Z"),
      () -> request -> Optional.empty(),
      People::willing,
      List::of,
      "");
}
