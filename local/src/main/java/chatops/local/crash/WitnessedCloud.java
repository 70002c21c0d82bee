package chatops.local.crash;

import chatops.engine.cloud.ApiRequest;
import chatops.engine.cloud.ApiResponse;
import chatops.engine.cloud.CloudApi;
import chatops.engine.cloud.Session;
import chatops.engine.effect.EffectCatalog;
import chatops.engine.effect.EffectClass;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A cloud whose effects are counted: every mutating call that was answered with success, unless its ClientToken was
 * known. A known token is answered as before, by whichever API takes tokens. Not thread-safe.
 */
final class WitnessedCloud implements CloudApi {
  private final CloudApi cloud;
  private final InstantSource clock;
  private final EffectCatalog effects = EffectCatalog.shipped();
  private final Map<String, ApiResponse> known = new HashMap<>();
  private final List<Landed> landed = new ArrayList<>();

  WitnessedCloud(CloudApi cloud, InstantSource clock) {
    this.cloud = cloud;
    this.clock = clock;
  }

  EffectClass effectClass(ApiRequest request) {
    String method = request.roa() == null ? "" : request.roa().method();
    return effects.effect(request.service(), request.api(), method).effectClass();
  }

  @Override
  public ApiResponse call(ApiRequest request, Session session, Duration timeout) {
    EffectClass effectClass = effectClass(request);
    if (effectClass == EffectClass.READ) {
      return cloud.call(request, session, timeout);
    }
    String token = request.parameters().path("ClientToken").asText("");
    String key = request.name().toLowerCase(Locale.ROOT) + " " + token;
    boolean isNamed = effectClass == EffectClass.TOKEN && !token.isEmpty();
    if (isNamed && known.containsKey(key)) {
      return known.get(key);
    }
    ApiResponse response = cloud.call(request, session, timeout);
    landed.add(new Landed(request, effectClass, clock.instant()));
    if (isNamed) {
      known.put(key, response);
    }
    return response;
  }

  List<Landed> landed() {
    return landed;
  }
}
