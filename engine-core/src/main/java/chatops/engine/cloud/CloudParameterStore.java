package chatops.engine.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The parameter store of the account: GetParameter and GetSecretParameter of OOS (API reference, 2019-06-01), called under the
 * execution's role. Reads are repeated a few times, slower where the cloud wants fewer calls; nothing is kept.
 */
public final class CloudParameterStore implements ParameterStore {
  private static final int TRIES = 3;

  /** Pauses of 1, 2, 4, 8 and 16 s lie between: the lease of whoever waits outlives them. */
  private static final int PATIENT_TRIES = 6;

  private final CloudApi cloud;
  private final Credentials credentials;
  private final Duration timeout;
  private final Consumer<Duration> pause;

  /** @param pause lets time pass */
  public CloudParameterStore(
      CloudApi cloud, Credentials credentials, Duration timeout, Consumer<Duration> pause) {
    this.pause = pause;
    this.cloud = cloud;
    this.credentials = credentials;
    this.timeout = timeout;
  }

  @Override
  public String value(Caller caller, String regionId, String ramRole, String reference) {
    boolean isSecret = ParameterStore.isSecret(reference);
    String name =
        reference.substring(isSecret ? SECRET.length() : PLAIN.length()).strip();
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    parameters.put("RegionId", regionId).put("Name", name);
    if (isSecret) {
      parameters.put("WithDecryption", true);
    }
    ApiRequest request = new ApiRequest(
        "OOS", isSecret ? "GetSecretParameter" : "GetParameter", regionId, parameters, null);
    JsonNode value = call(request, caller, ramRole).path("Parameter").path("Value");
    if (value.isMissingNode() || value.isNull()) {
      throw new ApiException(
          request.name(),
          "NoValue",
          "the answer holds no Parameter.Value for " + reference,
          "",
          200,
          ApiException.Verdict.FINAL,
          null);
    }
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private JsonNode call(ApiRequest request, Caller caller, String ramRole) {
    for (int attempt = 1; ; attempt++) {
      try {
        return cloud
            .call(request, credentials.session(caller, ramRole), timeout)
            .body();
      } catch (ApiException e) {
        int most = e.isOverload() ? PATIENT_TRIES : TRIES;
        if (e.verdict() == ApiException.Verdict.FINAL || attempt >= most) {
          throw e;
        }
        if (e.isOverload()) {
          pause.accept(Duration.ofSeconds(1L << (attempt - 1)));
        }
      }
    }
  }
}
