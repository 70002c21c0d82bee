package chatops.cloudsim.slack;

import chatops.cloudsim.seed.Names;
import java.util.Locale;

/** The installed app as Slack knows it: its ids and its secrets. */
public record SlackApp(
    String teamId,
    String teamDomain,
    String appId,
    String signingSecret,
    String verificationToken,
    String botToken) {

  /** An app whose secrets are drawn from the seed. */
  public static SlackApp seeded(String teamId, String appId, Names names) {
    return new SlackApp(
        teamId,
        teamId.toLowerCase(Locale.ROOT) + "-simulated",
        appId,
        names.word(32),
        names.word(24),
        "xoxb-" + names.digits(12) + "-" + names.digits(13) + "-" + names.word(24));
  }

  @Override
  public String toString() {
    return "SlackApp[" + teamId + "/" + appId + "]";
  }
}
