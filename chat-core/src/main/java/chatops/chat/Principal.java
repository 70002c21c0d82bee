package chatops.chat;

/**
 * A person by immutable ids.
 *
 * @param tenant Slack {@code team_id} (or {@code enterprise_id/team_id}), DingTalk {@code senderCorpId}; empty for WEB
 * @param user Slack {@code user_id}, DingTalk {@code senderStaffId}; {@code bearer} for a link without identity
 * @param name display name, for messages only: never compared
 */
public record Principal(Platform platform, String tenant, String user, String name) {
  /** {@code slack:T0001/U0001}: how logs, rows and chatops.yaml spell a person. */
  public String id() {
    return platform.name().toLowerCase(java.util.Locale.ROOT) + ":" + tenant + "/" + user;
  }
}
