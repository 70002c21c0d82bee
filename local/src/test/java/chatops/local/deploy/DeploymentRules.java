package chatops.local.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What {@code s.yaml} must hold beyond the schema of its component, which lets misspelt keys and much else pass. */
final class DeploymentRules {
  private static final long LONGEST_AGE = 604_800;

  private final Map<String, Function<Deployment, List<String>>> rules = new LinkedHashMap<>();

  DeploymentRules() {
    rules.put("known keys", KnownKeys::violations);
    rules.put("nothing unrendered", DeploymentRules::unrendered);
    rules.put("keys", DeploymentRules::access);
    rules.put("triggers", Triggers::violations);
    rules.put("handlers", Handlers::violations);
    rules.put("environment", EnvironmentRules::violations);
    rules.put("secrets", EnvironmentRules::secrets);
    rules.put("one execution function", DeploymentRules::executionFunction);
    rules.put("asynchronous calls", DeploymentRules::asynchronous);
    rules.put("roles", DeploymentRules::roles);
    rules.put("size", DeploymentRules::size);
    rules.put("concurrency", DeploymentRules::concurrency);
    rules.put("runtime", DeploymentRules::runtime);
  }

  /** Each violation begins with the name of its rule. */
  List<String> violations(Deployment deployment) {
    List<String> found = new ArrayList<>();
    rules.forEach((name, rule) ->
        rule.apply(deployment).forEach(violation -> found.add(name + ": " + violation)));
    return found;
  }

  Set<String> names() {
    return rules.keySet();
  }

  static List<String> functions() {
    return List.of("execution", "front");
  }

  private static List<String> unrendered(Deployment deployment) {
    return deployment.rendered().toString().contains("${")
        ? List.of(
            "an expression stayed: only ${vars.x}, ${env('X', 'y')} and ${config('AccountID')} are used here")
        : List.of();
  }

  /** Seen with Serverless Devs 3.1.10: an expression here is never rendered, no keys are found, and no account id. */
  private static List<String> access(Deployment deployment) {
    return deployment.written().path("access").asText().matches("[\\w-]+")
        ? List.of()
        : List.of("access must be a name and no expression; ./chatops deploy names others with -a");
  }

  private static List<String> executionFunction(Deployment deployment) {
    List<String> found = new ArrayList<>();
    String name = deployment.props("execution").path("functionName").asText();
    for (String function : functions()) {
      JsonNode environment = deployment.props(function).path("environmentVariables");
      if (!environment.path("EXECUTION_FUNCTION").asText().equals(name)) {
        found.add(function + ": EXECUTION_FUNCTION must be execution's functionName " + name);
      }
      if (!environment.path("EXECUTION_SERVICE").asText().isEmpty()) {
        found.add(function + ": EXECUTION_SERVICE must be empty, this file deploys to FC 3");
      }
    }
    return found;
  }

  private static List<String> asynchronous(Deployment deployment) {
    List<String> found = new ArrayList<>();
    for (String function : functions()) {
      JsonNode config = deployment.props(function).path("asyncInvokeConfig");
      long age = config.path("maxAsyncEventAgeInSeconds").asLong(0);
      if (age < 1 || age > LONGEST_AGE) {
        found.add(function + ": maxAsyncEventAgeInSeconds from 1 to " + LONGEST_AGE
            + " expected, found " + age);
      }
    }
    if (deployment
            .props("front")
            .path("asyncInvokeConfig")
            .path("maxAsyncRetryAttempts")
            .asInt(-1)
        != 0) {
      found.add("front: maxAsyncRetryAttempts 0 expected, a stranger may call it asynchronously");
    }
    JsonNode execution = deployment.props("execution").path("asyncInvokeConfig");
    int attempts = execution.path("maxAsyncRetryAttempts").asInt(-1);
    if (attempts < 1 || attempts > 8) {
      found.add("execution: maxAsyncRetryAttempts from 1 to 8 expected");
    }
    if (!execution.path("asyncTask").asBoolean()) {
      found.add("execution: asyncTask true expected, else a message sent twice runs twice");
    }
    String destination =
        execution.at("/destinationConfig/onFailure/destination").asText();
    String name = deployment.props("execution").path("functionName").asText();
    if (!destination.matches("acs:fc:[a-z0-9-]+:\\d+:functions/" + name)) {
      found.add(
          "execution: itself as onFailure destination expected, so that whoever asked is told");
    }
    return found;
  }

  private static List<String> roles(Deployment deployment) {
    List<String> found = new ArrayList<>();
    for (String function : functions()) {
      String role = deployment.props(function).path("role").asText();
      // the component makes any name lower case, and "auto" a role of that very name
      if (!role.matches("[a-z][a-z0-9-]{1,63}") || role.equals("auto")) {
        found.add(function + ": a role by its lower-case name expected");
      }
    }
    if (deployment
        .props("front")
        .path("role")
        .equals(deployment.props("execution").path("role"))) {
      found.add("front and execution must not share a role");
    }
    return found;
  }

  private static List<String> size(Deployment deployment) {
    List<String> found = new ArrayList<>();
    for (String function : functions()) {
      JsonNode props = deployment.props(function);
      int memory = props.path("memorySize").asInt();
      double ratio = memory / 1024.0 / props.path("cpu").asDouble();
      if (memory < 128 || memory > 32_768 || memory % 64 != 0 || !(ratio >= 1 && ratio <= 4)) {
        found.add(function + ": memorySize in steps of 64, 1 to 4 GB for each cpu expected");
      }
      if (props.path("timeout").asInt() < 1 || props.path("timeout").asInt() > 86_400) {
        found.add(function + ": a timeout from 1 to 86400 expected");
      }
    }
    if (deployment.props("front").path("timeout").asInt() > 30) {
      found.add("front: a timeout of 30 s at most expected, chats give up after 3");
    }
    return found;
  }

  private static List<String> concurrency(Deployment deployment) {
    List<String> found = new ArrayList<>();
    for (String function : functions()) {
      JsonNode props = deployment.props(function);
      JsonNode concurrency = props.path("instanceConcurrency");
      if (!concurrency.isInt() || concurrency.asInt() < 1 || concurrency.asInt() > 200) {
        found.add(function + ": instanceConcurrency from 1 to 200 expected");
      }
      if (!props
          .at("/environmentVariables/CHATOPS_CONCURRENCY")
          .asText()
          .equals(concurrency.asText())) {
        found.add(function + ": CHATOPS_CONCURRENCY must say the same as instanceConcurrency");
      }
      for (String knob : List.of(
          "/instanceConcurrency",
          "/scalingConfig/minInstances",
          "/concurrencyConfig/reservedConcurrency")) {
        if (!deployment.writtenProps(function).at(knob).asText().startsWith("${vars.")) {
          found.add(function + knob + ": a variable of the file expected");
        }
        if (!props.at(knob).isInt()) {
          found.add(function + knob + ": a whole number expected");
        }
      }
    }
    return found;
  }

  private static List<String> runtime(Deployment deployment) {
    List<String> found = new ArrayList<>();
    for (String function : functions()) {
      JsonNode props = deployment.props(function);
      if (!props.path("runtime").asText().startsWith("custom.debian")) {
        found.add(function + ": a custom Debian runtime expected, managed ones stop at Java 11");
      }
      JsonNode custom = props.path("customRuntimeConfig");
      if (custom.path("port").asInt() != 9000
          || !custom.path("command").toString().equals("[\"/code/bootstrap\"]")) {
        found.add(function + ": port 9000 and the command /code/bootstrap expected");
      }
      String zip = "./target/packages/" + function + ".zip";
      if (!props.path("code").asText().equals(zip)) {
        found.add(function + ": code " + zip + " expected, which ./chatops package makes");
      }
    }
    return found;
  }
}
