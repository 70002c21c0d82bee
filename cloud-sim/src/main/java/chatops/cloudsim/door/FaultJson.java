package chatops.cloudsim.door;

import chatops.cloudsim.cloud.Fault;
import chatops.cloudsim.cloud.Faults;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/**
 * Faults as JSON: {@code {"service":"Ecs","api":"*","fault":"throttle","times":3}}. {@code fault} is {@code throttle}, {@code unavailable}, {@code lost-reply}, {@code
 * expired-session}, {@code delay} with {@code millis}, or {@code refuse} with {@code status}, {@code code} and {@code message}; {@code share} (0 to 1) instead of {@code times}
 * hits that share of calls until cleared. {@code limit} with {@code calls} and {@code seconds} throttles all calls beyond so many in each span of time until cleared.
 */
final class FaultJson {
  private FaultJson() {}

  static void add(JsonNode json, Faults faults) {
    String service = json.path("service").asText("*");
    String api = json.path("api").asText("*");
    Fault fault = fault(json);
    if (fault instanceof Fault.Limit limit) {
      faults.limit(limit.calls(), limit.per(), service, api);
      return;
    }
    if (json.has("share")) {
      double share = json.path("share").asDouble();
      if (share <= 0 || share > 1) {
        throw new IllegalArgumentException("share must be above 0 and at most 1, is " + share);
      }
      faults.share(share, service, api, fault);
      return;
    }
    int times = json.path("times").asInt(1);
    if (times < 1) {
      throw new IllegalArgumentException("times must be at least 1, is " + times);
    }
    faults.next(times, service, api, fault);
  }

  static ArrayNode list(List<Faults.Rule> rules) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Faults.Rule rule : rules) {
      ObjectNode node = list.addObject();
      node.put("service", rule.service()).put("api", rule.api()).put("fault", name(rule.fault()));
      if (rule.share() < 1) {
        node.put("share", rule.share());
      } else {
        node.put("times", rule.remaining());
      }
    }
    return list;
  }

  private static Fault fault(JsonNode json) {
    String kind = json.path("fault").asText();
    return switch (kind) {
      case "throttle" -> Fault.throttle();
      case "unavailable" -> new Fault.Unavailable();
      case "lost-reply" -> new Fault.LostReply();
      case "expired-session" -> Fault.expiredSession();
      case "delay" ->
        new Fault.Delay(
            Duration.ofMillis(Math.min(60_000, Math.max(0, json.path("millis").asLong()))));
      case "limit" ->
        new Fault.Limit(
            json.path("calls").asInt(-1),
            Duration.ofSeconds(Math.max(0, json.path("seconds").asLong())));
      case "refuse" ->
        new Fault.Refuse(
            json.path("status").asInt(400),
            json.path("code").asText("InternalError"),
            json.path("message").asText());
      default ->
        throw new IllegalArgumentException(
            "unknown fault \"" + kind
                + "\"; known: throttle, unavailable, lost-reply, expired-session, delay, limit, refuse");
    };
  }

  private static String name(Fault fault) {
    if (fault instanceof Fault.Refuse refuse) {
      return refuse.code();
    }
    if (fault instanceof Fault.Delay delay) {
      return "delay " + delay.by().toMillis() + " ms";
    }
    if (fault instanceof Fault.Limit limit) {
      return "limit of " + limit.calls() + " in " + limit.per().toSeconds() + " s";
    }
    return fault instanceof Fault.LostReply ? "lost-reply" : "unavailable";
  }
}
