package chatops.local.crash;

import chatops.engine.cloud.ApiRequest;
import chatops.engine.effect.EffectClass;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Something that really happened in the cloud. */
record Landed(ApiRequest request, EffectClass effectClass, Instant at) {
  private static final String TOKEN = "ClientToken";

  /** What happened, in words that are the same in every round: a token is no part of it. */
  String key() {
    ObjectNode parameters = request.parameters().deepCopy();
    if (effectClass == EffectClass.TOKEN) {
      parameters.remove(TOKEN);
    }
    ApiRequest.Roa roa = request.roa();
    String rest = roa == null ? "" : " " + roa.method() + " " + roa.uri() + " " + roa.body();
    return request.name() + " " + request.regionId() + " " + parameters + rest;
  }
}
