package chatops.local.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Each trigger by its own type: in the component's schema any trigger configuration passes as any other. */
final class Triggers {
  private static final Set<String> METHODS = Set.of("GET", "POST");

  private Triggers() {}

  static List<String> violations(Deployment deployment) {
    List<String> found = new ArrayList<>();
    JsonNode front = deployment.props("front").path("triggers");
    if (front.size() != 1 || !front.path(0).path("triggerType").asText().equals("http")) {
      found.add("front: exactly one trigger, of type http, expected");
    }
    JsonNode execution = deployment.props("execution").path("triggers");
    boolean sweeps = false;
    for (JsonNode trigger : execution) {
      boolean timer = trigger.path("triggerType").asText().equals("timer");
      sweeps |= timer && trigger.path("triggerName").asText().equals("sweep");
      if (!timer) {
        found.add("execution: triggers of type timer expected, nobody calls it from outside");
      }
    }
    if (!sweeps) {
      found.add("execution: a timer trigger named sweep expected");
    }
    front.forEach(trigger -> http(found, trigger.path("triggerConfig")));
    execution.forEach(trigger -> timer(found, trigger.path("triggerConfig")));
    return found;
  }

  private static void http(List<String> found, JsonNode config) {
    KnownKeys.check(
        found, "front/http", config, Set.of("authType", "methods", "disableURLInternet"));
    if (!config.path("authType").asText().equals("anonymous")) {
      found.add("front/http: authType anonymous expected, chats cannot sign for FC");
    }
    if (config.path("methods").isEmpty()) {
      found.add("front/http: methods expected");
    }
    for (JsonNode method : config.path("methods")) {
      if (!METHODS.contains(method.asText())) {
        found.add("front/http: method " + method.asText() + " is answered by nobody");
      }
    }
    if (!config.path("disableURLInternet").isBoolean()
        || config.path("disableURLInternet").asBoolean()) {
      found.add("front/http: disableURLInternet false expected, chats come from the internet");
    }
  }

  private static void timer(List<String> found, JsonNode config) {
    KnownKeys.check(
        found, "execution/timer", config, Set.of("cronExpression", "enable", "payload"));
    if (!config.path("cronExpression").asText().equals("@every 1m")) {
      found.add("execution/timer: cronExpression @every 1m expected");
    }
    if (!config.path("enable").asBoolean()) {
      found.add("execution/timer: enable true expected, nothing else finds a lost execution");
    }
    if (!config.path("payload").isTextual()) {
      found.add("execution/timer: a payload of text expected");
    }
  }
}
