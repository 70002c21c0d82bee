package chatops.local.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Each trigger by its own type: in the component's schema any trigger configuration passes as any other. */
final class Triggers {
  private static final ObjectMapper JSON = new ObjectMapper();
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
      switch (trigger.path("triggerType").asText()) {
        case "timer" -> timer(found, trigger.path("triggerConfig"));
        case "mns_topic" ->
          topic(found, trigger, deployment.props("execution").path("region").asText());
        case "eventbridge" -> bus(found, trigger.path("triggerConfig"));
        default ->
          found.add(
              "execution: triggers of type timer, mns_topic or eventbridge expected, nobody calls it from outside");
      }
    }
    if (!sweeps) {
      found.add("execution: a timer trigger named sweep expected");
    }
    front.forEach(trigger -> http(found, trigger.path("triggerConfig")));
    return found;
  }

  private static void topic(List<String> found, JsonNode trigger, String region) {
    JsonNode config = trigger.path("triggerConfig");
    KnownKeys.check(
        found, "execution/mns_topic", config, Set.of("notifyContentFormat", "notifyStrategy"));
    String arn = trigger.path("sourceArn").asText();
    if (!arn.matches("acs:mns:" + region + ":\\d+:/topics/[A-Za-z0-9-]{1,255}")) {
      found.add(
          "execution/mns_topic: sourceArn acs:mns:<region of the function>:<account>:/topics/<name> expected, found "
              + arn);
    }
    if (!config.path("notifyContentFormat").asText().equals("JSON")) {
      found.add(
          "execution/mns_topic: notifyContentFormat JSON expected, STREAM does not say whose topic it is");
    }
    if (!config.path("notifyStrategy").asText().equals("EXPONENTIAL_DECAY_RETRY")) {
      found.add(
          "execution/mns_topic: notifyStrategy EXPONENTIAL_DECAY_RETRY expected, the other gives up within a minute");
    }
  }

  private static void bus(List<String> found, JsonNode config) {
    KnownKeys.check(
        found,
        "execution/eventbridge",
        config,
        Set.of(
            "triggerEnable",
            "asyncInvocationType",
            "eventRuleFilterPattern",
            "eventSourceConfig",
            "eventSinkConfig",
            "runOptions"));
    if (!config.path("triggerEnable").asBoolean()) {
      found.add("execution/eventbridge: triggerEnable true expected");
    }
    if (!config.path("asyncInvocationType").asBoolean()) {
      found.add(
          "execution/eventbridge: asyncInvocationType true expected, EventBridge does not wait as long as Execution runs");
    }
    if (!config.at("/eventSourceConfig/eventSourceType").asText().equals("Default")) {
      found.add(
          "execution/eventbridge: eventSourceType Default expected, cloud services use the default bus");
    }
    JsonNode pattern;
    try {
      pattern = JSON.readTree(config.path("eventRuleFilterPattern").asText());
    } catch (JsonProcessingException e) {
      found.add("execution/eventbridge: eventRuleFilterPattern must be JSON as text");
      return;
    }
    if (!pattern.path("source").toString().equals("[\"acs.ess\"]")) {
      found.add(
          "execution/eventbridge: source acs.ess alone expected, every other event costs an invocation");
    }
    for (JsonNode type : pattern.path("type")) {
      if (!type.asText().startsWith("ess:LifecycleHook:")) {
        found.add("execution/eventbridge: type " + type.asText() + " is answered by nobody");
      }
    }
    if (pattern.path("type").isEmpty()) {
      found.add("execution/eventbridge: types expected");
    }
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
