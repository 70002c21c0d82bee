package chatops.front.dingtalk;

import chatops.chat.Language;
import java.util.List;

/**
 * What DingTalk's door needs to know.
 *
 * @param secrets active app secrets, one or two
 * @param corporations whose people and robots may call
 * @param robots robot codes that may call, empty = any
 * @param language of answers to people nothing is known about
 * @param loopbackAllowed whether a reply URL may be on this machine: the one-machine host only
 */
public record DingTalkSettings(
    List<String> secrets,
    List<String> corporations,
    List<String> robots,
    Language language,
    boolean loopbackAllowed) {
  public DingTalkSettings {
    secrets = List.copyOf(secrets);
    corporations = List.copyOf(corporations);
    robots = List.copyOf(robots);
  }

  @Override
  public String toString() {
    return "DingTalkSettings[" + secrets.size() + " secrets, corporations " + corporations + "]";
  }
}
