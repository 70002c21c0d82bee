package chatops.execution;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.ess.AutoScaling;
import chatops.cloudsim.ess.GroupSpec;
import chatops.cloudsim.ess.Result;
import chatops.cloudsim.ess.Transition;
import chatops.cloudsim.mns.Subscription;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The public lifecycle templates, unchanged, with the vendor's own product actions, started by hooks of the simulated Auto Scaling. */
@EnabledIfEnvironmentVariable(named = "CHATOPS_CORPUS", matches = ".+")
@SuppressWarnings("NullAway.Init")
class LifecycleCorpusTest {
  private static final Path CORPUS = Path.of(System.getenv().getOrDefault("CHATOPS_CORPUS", ""));
  private static final String DOCUMENTED = "ACS-ESS-LifeCycleRunCommand";

  /** What has no default, or a placeholder that no message carries. */
  private static final Map<String, Object> NEEDED = Map.ofEntries(
      Map.entry("commandInstanceId", "i-bp1controller"),
      Map.entry("sourcePath", "https://example.com/a.sh"),
      Map.entry("destinationDir", "/tmp"),
      Map.entry("command", "ls"),
      Map.entry("commandContent", "echo {{ips}}"),
      Map.entry("dbInstanceId", "db-1"),
      Map.entry("dbClusterId", "pc-1"),
      Map.entry("modifyMode", "Append"),
      Map.entry("mountTargetDomain", "a.cn-hangzhou.nas.aliyuncs.com"),
      Map.entry("EipIds", List.of("eip-1", "eip-2")),
      Map.entry("clusterId", "c-1"),
      Map.entry("drainNode", true),
      Map.entry("releaseNode", false),
      Map.entry("PASIP", "10.0.0.1"),
      Map.entry("rootPassword", "a"),
      Map.entry("SAPSID", "S4H"),
      Map.entry("userName", "b"),
      Map.entry("userPassword", "c"),
      Map.entry("clientNumber", "100"),
      Map.entry("essTaskType", ""),
      Map.entry("OOSAssumeRole", "OOSServiceRole"));

  /** Calls a service that the simulator does not play; its failure path completes the hook with no result, so the default counts. */
  private static final String BY_DEFAULT = "ACS-ESS-ECILifeCycleExecContainerCommand";

  /** Call such a service, too: their own failure path completes the hook. */
  private static final Set<String> ABANDONED = Set.of(
      "ACS-ESS-ECILifeCycleModifyAnalyticDBIPWhitelist",
      "ACS-ESS-ECILifeCycleModifyPolarDBIPWhitelist",
      "ACS-ESS-ECILifeCycleModifyRedisIPWhitelist",
      "ACS-ESS-LifeCycleAttachEipToInstance",
      "ACS-ESS-LifeCycleBulkyDeleteClusterNodes",
      "ACS-ESS-LifeCycleDetachNetworkInterfaceAndDeleteEip",
      "ACS-ESS-LifeCycleModifyMongoDBIPWhitelist",
      "ACS-ESS-LifeCycleReleaseEipAddressFromInstance");

  @TempDir
  Path folder;

  // each test deploys what it needs
  @SuppressWarnings("NullAway.Init")
  private Account account;

  @AfterEach
  void undeploy() {
    if (account != null) {
      account.close();
    }
  }

  private static String group(String template) {
    return "asg-" + template.substring("ACS-ESS-".length()).toLowerCase(Locale.ROOT);
  }

  private void deploy(Set<String> templates) throws IOException {
    StringBuilder scaling = new StringBuilder("scaling:\n  hooks:\n");
    for (String template : templates) {
      scaling.append("    - {groups: [").append(group(template)).append("], template: ");
      scaling
          .append(template)
          .append(", parameters: ")
          .append(parameters(template))
          .append("}\n");
    }
    List<String> folders = new ArrayList<>();
    folders.add(CORPUS.resolve("public-templates").toString());
    try (Stream<Path> products = Files.list(CORPUS.resolve("product-actions"))) {
      products.sorted().map(Path::toString).forEach(folders::add);
    }
    account = Account.with(
        scaling.toString(), folder, "CHATOPS_TEMPLATES", String.join(File.pathSeparator, folders));
    account.cloud.fleet().launch(InstanceSpec.named("controller").id("i-bp1controller"));
    account.hookTopic(Subscription.Format.JSON);
  }

  private static String parameters(String template) throws IOException {
    String text = Files.readString(CORPUS.resolve("public-templates").resolve(template + ".yml"));
    Map<String, Object> given = new TreeMap<>(NEEDED);
    given.keySet().removeIf(name -> !text.contains("\n  " + name + ":\n"));
    if (!text.contains("ips:")) {
      given.remove("commandContent");
    }
    return new ObjectMapper().writeValueAsString(given);
  }

  /** Two instances for each template's group; the results that the hooks got, by template. */
  private Map<String, String> results(Set<String> templates) throws Exception {
    deploy(templates);
    AutoScaling scaling = account.cloud.scaling();
    Map<String, String> templateOf = new TreeMap<>();
    for (String template : templates) {
      String group = group(template);
      scaling.group(GroupSpec.named(group.substring(4)).id(group));
      scaling.hook(
          group,
          "install",
          Transition.SCALE_OUT,
          Duration.ofSeconds(300),
          Result.ROLLBACK,
          scaling.topicArn("cn-hangzhou", "hooks"));
      templateOf.put(scaling.scaleOut(group, 2, "test"), template);
    }
    Eventually.is(() -> scaling.waits().stream()
            .filter(wait -> !wait.status().equals("Pending"))
            .count()
        == templates.size());
    assertThat(scaling.waits()).allMatch(wait -> wait.completions() == 1);
    assertThat(account.completions(templates.size())).hasSize(templates.size());
    Map<String, String> results = new TreeMap<>();
    scaling.waits().forEach(wait -> results.put(templateOf.get(wait.activityId()), wait.result()));
    return results;
  }

  @Test
  void the_documented_template_prepares_the_instances_and_completes_the_hook() throws Exception {
    assertThat(results(Set.of(DOCUMENTED))).containsExactly(Map.entry(DOCUMENTED, "CONTINUE"));

    assertThat(account.cloud.log().of("Ecs", "RunCommand")).hasSize(2);
    assertThat(account.cloud.scaling().members(group(DOCUMENTED)).values())
        .containsOnly("InService");
  }

  @Test
  @Tag("long")
  void each_gives_its_hook_one_result_itself() throws Exception {
    Set<String> templates = new TreeSet<>();
    try (Stream<Path> files = Files.list(CORPUS.resolve("public-templates"))) {
      files
          .map(file -> file.getFileName().toString().replace(".yml", ""))
          .filter(name -> name.contains("LifeCycle"))
          .forEach(templates::add);
    }
    Map<String, String> expected = new TreeMap<>();
    templates.forEach(
        name -> expected.put(name, ABANDONED.contains(name) ? "ABANDON" : "CONTINUE"));
    expected.put(BY_DEFAULT, "ROLLBACK");

    assertThat(results(templates)).isEqualTo(expected);

    System.out.println("long-job: public lifecycle templates under hooks seed=0 count="
        + templates.size() + " completed-once=" + templates.size());
  }
}
