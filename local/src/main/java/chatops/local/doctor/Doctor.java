package chatops.local.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks at the settings, the account and what is deployed, and tells what is wrong with the fix beside it. Changes nothing. */
public final class Doctor {
  private final List<Check> checks;

  /** One question; what keeps it from being answered is a finding, too. */
  interface Check {
    List<Finding> look() throws IOException;
  }

  /**
   * @param configuration chatops.yaml
   * @param environment what whoever deploys has set
   * @param isBefore only what must be right before a deployment
   */
  public Doctor(
      Path configuration, Map<String, String> environment, boolean isBefore, InstantSource clock) {
    SettingsChecks settings = new SettingsChecks(configuration, environment);
    AccountChecks account = new AccountChecks(configuration, environment, clock);
    RoleChecks roles = new RoleChecks(configuration, environment, account::call);
    DeployedChecks deployed = new DeployedChecks(configuration, environment, clock);
    List<Check> before = List.of(
        settings::variables,
        settings::configuration,
        account::clock,
        account::keys,
        roles::roles,
        account::slack,
        account::dingTalk);
    List<Check> after =
        List.of(account::tables, deployed::front, deployed::slackSecret, deployed::functions);
    checks = new ArrayList<>(before);
    if (!isBefore) {
      checks.addAll(after);
    }
  }

  /** In the order in which they are best mended. */
  public List<Finding> examine() {
    List<Finding> found = new ArrayList<>();
    for (Check check : checks) {
      try {
        found.addAll(check.look());
      } catch (IOException | RuntimeException e) {
        // a message may quote what an address or a variable holds
        found.add(Finding.bad(
            "a check",
            "could not be made: " + e.getClass().getSimpleName(),
            "is this machine on the network, and are the addresses in the environment right?"));
      }
    }
    return List.copyOf(found);
  }
}
