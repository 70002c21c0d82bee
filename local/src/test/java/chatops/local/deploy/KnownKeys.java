package chatops.local.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The closed set of keys this file may use at each place; the component takes any and ignores those it does not know. */
final class KnownKeys {
  private static final Set<String> PROPS = Set.of(
      "region",
      "functionName",
      "description",
      "runtime",
      "handler",
      "code",
      "customRuntimeConfig",
      "memorySize",
      "cpu",
      "diskSize",
      "timeout",
      "instanceConcurrency",
      "role",
      "logConfig",
      "internetAccess",
      "environmentVariables",
      "instanceLifecycleConfig",
      "scalingConfig",
      "concurrencyConfig",
      "asyncInvokeConfig",
      "triggers");
  private static final Map<String, Set<String>> INSIDE_PROPS = Map.of(
      "/customRuntimeConfig", Set.of("port", "command"),
      "/instanceLifecycleConfig", Set.of("initializer", "preStop"),
      "/instanceLifecycleConfig/initializer", Set.of("handler", "timeout"),
      "/instanceLifecycleConfig/preStop", Set.of("handler", "timeout"),
      "/scalingConfig", Set.of("minInstances"),
      "/concurrencyConfig", Set.of("reservedConcurrency"),
      "/asyncInvokeConfig",
          Set.of(
              "asyncTask",
              "maxAsyncRetryAttempts",
              "maxAsyncEventAgeInSeconds",
              "destinationConfig"),
      "/asyncInvokeConfig/destinationConfig", Set.of("onFailure"),
      "/asyncInvokeConfig/destinationConfig/onFailure", Set.of("destination"));

  private KnownKeys() {}

  static List<String> violations(Deployment deployment) {
    List<String> found = new ArrayList<>();
    JsonNode file = deployment.rendered();
    check(found, "s.yaml", file, Set.of("edition", "name", "access", "vars", "resources"));
    check(found, "resources", file.path("resources"), Set.copyOf(DeploymentRules.functions()));
    for (String function : DeploymentRules.functions()) {
      JsonNode resource = file.path("resources").path(function);
      check(found, function, resource, Set.of("component", "props"));
      if (!resource.path("component").asText().equals("fc3")) {
        found.add(function + ": component fc3 expected");
      }
      check(found, function + "/props", resource.path("props"), PROPS);
      INSIDE_PROPS.forEach(
          (place, keys) -> check(found, function + place, resource.path("props").at(place), keys));
      for (JsonNode trigger : resource.path("props").path("triggers")) {
        check(
            found,
            function + "/triggers",
            trigger,
            Set.of("triggerName", "triggerType", "triggerConfig", "sourceArn"));
      }
    }
    return found;
  }

  static void check(List<String> found, String place, JsonNode node, Set<String> known) {
    node.fieldNames().forEachRemaining(name -> {
      if (!known.contains(name)) {
        found.add(place + ": unknown key " + name);
      }
    });
  }
}
