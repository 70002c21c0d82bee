package chatops.local.host;

import java.util.List;
import java.util.Optional;

/** The invented people and rooms of the one-machine host, as {@code chatops.yaml} beside this class knows them. */
public final class Cast {
  /**
   * One person on both platforms.
   *
   * @param slack user id
   * @param dingtalk staff id
   * @param role key of the text that says what the person may do
   */
  public record Member(String name, String slack, String dingtalk, String mobile, String role) {}

  public static final Member ANN =
      new Member("Ann", "U0001", "staff01", "13800000001", "requester");
  public static final Member BO = new Member("Bo", "U0002", "staff02", "13800000002", "approver");
  public static final Member CLEO = new Member("Cleo", "U0003", "staff03", "13800000003", "guest");
  public static final List<Member> ALL = List.of(ANN, BO, CLEO);

  public static final String TEAM = "T0001";
  public static final String APP = "A0001";
  /** The channel where operations are allowed. */
  public static final String OPERATIONS = "C0001";
  /** A channel that {@code chatops.yaml} does not name. */
  public static final String ELSEWHERE = "C0009";

  public static final String CORPORATION = "dingcorp0001";
  public static final String GROUP = "cid0001";
  /** The card template that the enterprise has published. */
  static final String CARD = "chatops-approval.schema";
  /** Where presses on its cards are told. */
  static final String CARD_ROUTE = "chatops";

  private Cast() {}

  public static Optional<Member> bySlack(String user) {
    return ALL.stream().filter(member -> member.slack().equals(user)).findFirst();
  }

  public static Optional<Member> byDingTalk(String staff) {
    return ALL.stream().filter(member -> member.dingtalk().equals(staff)).findFirst();
  }
}
