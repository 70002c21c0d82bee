package chatops.front.slack;

import java.util.List;

/**
 * What Slack's door needs to know.
 *
 * @param secrets active signing secrets, one or two
 * @param token legacy verification token, compared too when set; empty = not compared
 * @param apps app ids that may call, empty = any that has the secret
 * @param botToken opens modals; empty = none open, and people are told in words what is missing
 * @param apiUrl {@code https://slack.com/api/}
 * @param loopbackAllowed whether a reply URL may be on this machine: the one-machine host only
 */
public record SlackSettings(
    List<String> secrets,
    String token,
    List<String> apps,
    String botToken,
    String apiUrl,
    boolean loopbackAllowed) {
  public SlackSettings {
    secrets = List.copyOf(secrets);
    apps = List.copyOf(apps);
  }

  @Override
  public String toString() {
    return "SlackSettings[" + secrets.size() + " secrets, apps " + apps + "]";
  }
}
