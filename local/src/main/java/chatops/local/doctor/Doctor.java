package chatops.local.doctor;

import chatops.execution.config.ConfigurationFileException;
import chatops.local.pack.PackException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks at the settings, the account and what is deployed, and tells what is wrong with the fix beside it. Changes nothing. */
public final class Doctor {
  private static final String DEPLOYMENT = "s.yaml";

  private final Map<String, Check> checks = new LinkedHashMap<>();

  /** One question; what keeps it from being answered is a finding, too. */
  interface Check {
    List<Finding> look() throws IOException;
  }

  /**
   * @param configuration chatops.yaml
   * @param deployment s.yaml, which names what is deployed
   * @param given what whoever deploys has set
   * @param isBefore only what must be right before a deployment
   */
  public Doctor(
      Path configuration,
      Path deployment,
      Map<String, String> given,
      boolean isBefore,
      InstantSource clock) {
    DeployedRegion region = DeployedRegion.of(configuration, deployment, given);
    Map<String, String> environment = new TreeMap<>(given);
    environment.put(DeployedRegion.VARIABLE, region.id());
    DeployedNames names = new DeployedNames(deployment, environment);
    SettingsChecks settings = new SettingsChecks(configuration, environment);
    AccountChecks account = new AccountChecks(configuration, environment, clock);
    RoleChecks roles = new RoleChecks(configuration, environment, names, account::call);
    DeployedChecks deployed = new DeployedChecks(configuration, environment, names, clock);
    add("settings", settings::variables);
    add("configuration", settings::configuration);
    add(DEPLOYMENT, names::findings);
    add("region", () -> List.of(region.finding()));
    add("clock", account::clock);
    add("keys", isBefore ? account::keysThatDeploy : account::keys);
    add("roles", roles::roles);
    add("Slack", account::slack);
    add("DingTalk", account::dingTalk);
    if (!isBefore) {
      add("tables", account::tables);
      add("Front", deployed::front);
      add("SLACK_SIGNING_SECRET", deployed::slackSecret);
      add("functions", deployed::functions);
    }
  }

  private void add(String subject, Check check) {
    checks.put(subject, check);
  }

  /** In the order in which they are best mended. */
  public List<Finding> examine() {
    List<Finding> found = new ArrayList<>();
    checks.forEach((subject, check) -> {
      try {
        found.addAll(check.look());
      } catch (ConfigurationFileException e) {
        found.add(Finding.note(
            subject, "not looked at: chatops.yaml cannot be read", "mend that first: see above"));
      } catch (PackException e) {
        found.add(
            subject.equals(DEPLOYMENT)
                ? Finding.bad(
                    subject, String.valueOf(e.getMessage()), "mend it: ./chatops deploy reads it")
                : Finding.note(
                    subject,
                    "not looked at: s.yaml does not name what is deployed",
                    "mend that first: see above"));
      } catch (IllegalArgumentException e) {
        // its message may quote what an address or a variable holds
        found.add(
            Finding.bad(
                subject,
                "could not be looked at: one of the addresses in the environment is none",
                "http://… or https://… expected in what is set of CHATOPS_URL, CHATOPS_ENDPOINTS, FC_ENDPOINT, SLACK_API_URL, DINGTALK_API_URL"));
      } catch (IOException | RuntimeException e) {
        found.add(Finding.bad(
            subject,
            "could not be looked at: " + e.getClass().getSimpleName(),
            "is this machine on the network, and are the addresses in the environment right?"));
      }
    });
    return List.copyOf(found);
  }
}
