package chatops.cloudsim.dingtalk;

import chatops.cloudsim.seed.Names;

/** The enterprise's internal application robot as DingTalk knows it. */
public record DingTalkApp(String corpId, String appSecret, String chatbotUserId, String robotCode) {

  /** An app whose secret is drawn from the seed. */
  public static DingTalkApp seeded(String corpId, Names names) {
    return new DingTalkApp(corpId, names.word(64), "$:LWCP_v1:$" + names.word(12), "normal");
  }

  @Override
  public String toString() {
    return "DingTalkApp[" + corpId + "]";
  }
}
