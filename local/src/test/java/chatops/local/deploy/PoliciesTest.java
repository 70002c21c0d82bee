package chatops.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.effect.EffectCatalog;
import chatops.execution.config.ConfigurationFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The policies in {@code deploy/}: least for both functions, and for operators what the shipped templates call. */
class PoliciesTest {
  private static final Path POLICIES = Deployment.root().resolve("deploy/policies");
  private static final Pattern CALL = Pattern.compile("Service: *(\\w+),?\\s+API: *(\\w+)");
  private static final Pattern TABLESTORE_CALL = Pattern.compile(
      "\\bclient\\s*\\.((?:get|put|update|delete|batchGet|batchWrite)Row|getRange)\\(");
  private static final Pattern READ = Pattern.compile("(Describe|List|Get|Query)\\w+");

  private static List<Path> policies() throws IOException {
    try (Stream<Path> files = Files.list(POLICIES)) {
      return files.sorted().toList();
    }
  }

  private static List<JsonNode> statements(Path policy) throws IOException {
    JsonNode json = new ObjectMapper().readTree(policy.toFile());
    assertThat(json.path("Version").asText()).as("%s", policy).isEqualTo("1");
    return json.path("Statement").findParents("Effect");
  }

  private static Set<String> texts(JsonNode statement, String field) {
    JsonNode value = statement.path(field);
    Set<String> found = new TreeSet<>();
    if (value.isTextual()) {
      found.add(value.textValue());
    }
    value.forEach(each -> found.add(each.asText()));
    return found;
  }

  private static Set<String> actions(String prefix) throws IOException {
    Set<String> found = new TreeSet<>();
    for (Path policy : policies()) {
      String name = policy.getFileName().toString();
      if (name.startsWith(prefix) && !name.endsWith("trust.json")) {
        for (JsonNode statement : statements(policy)) {
          found.addAll(texts(statement, "Action"));
        }
      }
    }
    return found;
  }

  private static Set<String> calledByTemplates() throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Deployment.root().resolve("templates"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".yml")).toList()) {
        CALL.matcher(Files.readString(file))
            .results()
            .map(call -> call.group(1).toLowerCase(Locale.ROOT) + ":" + call.group(2))
            // the engine itself keeps the states of packages, and what it signs is fetched
            .filter(call -> !call.matches("oos:.*InstancePackage.*"))
            .map(call -> call.equals("oss:GenerateUrl") ? "oss:GetObject" : call)
            .forEach(found::add);
      }
    }
    return found;
  }

  @Test
  void each_allows_named_actions_only_and_all_resources_only_for_reads() throws IOException {
    assertThat(policies()).hasSizeGreaterThanOrEqualTo(8);
    for (Path policy : policies()) {
      for (JsonNode statement : statements(policy)) {
        assertThat(statement.path("Effect").asText()).as("%s", policy).isEqualTo("Allow");
        assertThat(texts(statement, "Action"))
            .as("%s", policy)
            .isNotEmpty()
            .noneMatch(action -> action.contains("*"));
        if (texts(statement, "Resource").contains("*")) {
          assertThat(texts(statement, "Action"))
              .as("%s", policy)
              .allMatch(action ->
                  READ.matcher(action.substring(action.indexOf(':') + 1)).matches());
        }
      }
    }
  }

  @Test
  void operators_may_what_the_shipped_templates_call_and_no_more() throws IOException {
    assertThat(calledByTemplates()).hasSizeGreaterThanOrEqualTo(12);

    assertThat(actions("operator-")).isEqualTo(calledByTemplates());
  }

  @Test
  void what_operators_may_change_stands_in_the_catalogue_of_effects() throws IOException {
    EffectCatalog catalog = EffectCatalog.shipped();

    assertThat(actions("operator-"))
        // in no catalogue: the engine asks before it repeats it
        .filteredOn(action -> !action.equals("vpc:ReleaseEipAddress"))
        .allMatch(action ->
            READ.matcher(action.substring(action.indexOf(':') + 1)).matches()
                || catalog
                    .effect(
                        action.substring(0, action.indexOf(':')),
                        action.substring(action.indexOf(':') + 1),
                        "")
                    .isListed());
  }

  @Test
  void front_may_hand_over_to_execution_and_nothing_else() throws IOException {
    assertThat(actions("front")).containsExactly("fc:GetAsyncTask", "fc:InvokeFunction");
    assertThat(statements(POLICIES.resolve("front.json")))
        .allSatisfy(statement -> assertThat(texts(statement, "Resource"))
            .allMatch(resource -> resource.contains(":functions/chatops-execution")));
    for (String trust : List.of("front-trust.json", "execution-trust.json")) {
      assertThat(statements(POLICIES.resolve(trust))
              .get(0)
              .at("/Principal/Service/0")
              .asText())
          .isEqualTo("fc.aliyuncs.com");
    }
  }

  /** Rows of the store; tables are made by whoever deploys, who may {@code ots:*}. */
  private static Set<String> rowActions() throws IOException {
    Set<String> found = new TreeSet<>();
    Path store =
        Deployment.root().resolve("execution-fc/src/main/java/chatops/execution/tablestore");
    try (Stream<Path> files = Files.walk(store)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        TABLESTORE_CALL
            .matcher(Files.readString(file))
            .results()
            .map(call -> "ots:" + call.group(1).substring(0, 1).toUpperCase(Locale.ROOT)
                + call.group(1).substring(1))
            .forEach(found::add);
      }
    }
    return found;
  }

  @Test
  void execution_may_what_its_code_calls_and_no_more() throws IOException {
    Set<String> expected = new TreeSet<>(rowActions());
    assertThat(expected).hasSizeGreaterThanOrEqualTo(6);
    // its own wake-ups and its failure destination; the operators' roles
    expected.addAll(List.of("fc:InvokeFunction", "fc:GetAsyncTask", "sts:AssumeRole"));

    assertThat(actions("execution")).isEqualTo(expected);
    for (JsonNode statement : statements(POLICIES.resolve("execution.json"))) {
      assertThat(texts(statement, "Resource"))
          .allMatch(resource -> resource.contains(":functions/chatops-execution")
              || resource.matches("acs:ram::ACCOUNT:role/[a-z0-9-]+")
              || resource.startsWith("acs:ots:REGION:ACCOUNT:instance/INSTANCE"));
    }
  }

  @Test
  void execution_assumes_the_role_of_the_shipped_configuration_and_it_trusts_execution()
      throws IOException {
    Set<String> assumed = new TreeSet<>();
    for (JsonNode statement : statements(POLICIES.resolve("execution.json"))) {
      if (texts(statement, "Action").contains("sts:AssumeRole")) {
        texts(statement, "Resource")
            .forEach(each -> assumed.add(each.replaceFirst(".*:role/", "")));
      }
    }
    assertThat(ConfigurationFile.read(Deployment.root().resolve("chatops.yaml"))
            .roles()
            .allowed()
            .keySet())
        .allMatch(role -> assumed.contains(role.toLowerCase(Locale.ROOT)));

    assertThat(statements(POLICIES.resolve("operator-trust.json")).get(0).at("/Principal/RAM/0"))
        .asString()
        .contains(
            ":role/" + Deployment.ofRepository().props("execution").path("role").asText());
  }

  @Test
  void the_roles_are_those_of_the_deployment() throws IOException {
    String readme = Files.readString(Deployment.root().resolve("deploy/README.md"));
    for (String function : List.of("front", "execution")) {
      assertThat(Deployment.ofRepository().props(function).path("role").asText())
          .isEqualTo("chatops-" + function + "-role");
      assertThat(readme).contains("`chatops-" + function + "-role`");
    }
  }
}
