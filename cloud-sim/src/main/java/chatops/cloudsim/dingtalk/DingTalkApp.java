package chatops.cloudsim.dingtalk;

import chatops.cloudsim.seed.Names;

/**
 * The enterprise's internal application with its robot as DingTalk knows it.
 *
 * @param appKey names the application, and its robot to the Web API
 */
public record DingTalkApp(
    String corpId, String appKey, String appSecret, String chatbotUserId, String robotCode) {

  /** An app whose secret is drawn from the seed. */
  public static DingTalkApp seeded(String corpId, Names names) {
    String secret = names.word(64);
    String robot = "$:LWCP_v1:$" + names.word(12);
    return new DingTalkApp(corpId, "ding" + names.apart("app").word(16), secret, robot, "normal");
  }

  @Override
  public String toString() {
    return "DingTalkApp[" + corpId + "]";
  }
}
