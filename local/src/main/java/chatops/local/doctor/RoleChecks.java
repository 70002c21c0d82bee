package chatops.local.doctor;

import chatops.chat.rights.Configuration;
import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiRequest;
import chatops.execution.config.ConfigurationFile;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether the roles are there and trust whom they must: Function Compute those of both functions, and Execution's role those that
 * {@code chatops.yaml} lists ("GetRole", Ram 2015-05-01). Only whoever may {@code ram:GetRole} learns it.
 */
record RoleChecks(Path file, Map<String, String> environment, DeployedNames names, Caller caller) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FUNCTIONS = "fc.aliyuncs.com";

  /** Calls as whoever deploys. */
  interface Caller {
    JsonNode call(ApiRequest request);
  }

  List<Finding> roles() throws IOException {
    if (environment.getOrDefault("ALIBABA_CLOUD_ACCESS_KEY_ID", "").isBlank()) {
      return List.of();
    }
    Configuration configuration = ConfigurationFile.read(file);
    Map<String, List<String>> wanted = new TreeMap<>();
    String execution = "acs:ram::" + configuration.account() + ":role/" + names.executionRole();
    String root = "acs:ram::" + configuration.account() + ":root";
    configuration
        .roles()
        .allowed()
        .values()
        .forEach(arn -> wanted.put(arn, List.of(execution, root)));
    for (String function : List.of(names.frontRole(), names.executionRole())) {
      wanted.put("acs:ram::" + configuration.account() + ":role/" + function, List.of(FUNCTIONS));
    }
    List<Finding> found = new ArrayList<>();
    for (Map.Entry<String, List<String>> role : wanted.entrySet()) {
      String name = role.getKey().replaceFirst("(?s).*:role/", "");
      try {
        found.add(role(name, role.getValue()));
      } catch (ApiException e) {
        if (AccountChecks.isNoAnswer(e)) {
          found.add(
              Finding.bad("roles", "could not be looked at: " + e.code(), AccountChecks.NETWORK));
          return found;
        }
        if (!e.code().startsWith("EntityNotExist")) {
          found.add(Finding.note(
              "roles", "cannot be looked at: " + e.code(), "allow these keys ram:GetRole"));
          return found;
        }
        found.add(Finding.bad(
            "role " + name,
            "is not there",
            "create it: deploy/README.md; its trust policy is " + trustFile(role.getValue())));
      }
    }
    return found;
  }

  private Finding role(String name, List<String> trusted) throws JsonProcessingException {
    JsonNode answer = caller.call(new ApiRequest(
        "ram",
        "GetRole",
        ConfigurationFile.read(file).regions().initial(),
        JSON.createObjectNode().put("RoleName", name),
        null));
    JsonNode document =
        JSON.readTree(answer.path("Role").path("AssumeRolePolicyDocument").asText("{}"));
    List<String> found = new ArrayList<>();
    for (JsonNode statement : document.path("Statement")) {
      if (statement.path("Effect").asText().equalsIgnoreCase("Allow")) {
        statement.path("Principal").forEach(principals -> texts(principals, found));
      }
    }
    return trusted.stream().anyMatch(each -> found.contains(each.toLowerCase(Locale.ROOT)))
        ? Finding.good("role " + name, "is there, and trusts " + trusted.get(0))
        : Finding.bad(
            "role " + name,
            "does not trust " + trusted.get(0) + ": it cannot be assumed",
            "set its trust policy to that of " + trustFile(trusted));
  }

  /** One principal, or a list of them; role names compare without case. */
  private static void texts(JsonNode principals, List<String> into) {
    if (principals.isTextual()) {
      into.add(principals.asText().toLowerCase(Locale.ROOT));
    }
    principals.forEach(each -> into.add(each.asText().toLowerCase(Locale.ROOT)));
  }

  private static String trustFile(List<String> trusted) {
    return trusted.contains(FUNCTIONS)
        ? "deploy/policies/front-trust.json or execution-trust.json"
        : "deploy/policies/operator-trust.json";
  }
}
