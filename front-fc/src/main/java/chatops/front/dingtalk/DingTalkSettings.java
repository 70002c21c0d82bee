package chatops.front.dingtalk;

import chatops.chat.rights.LiveRights;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What DingTalk's door needs to know.
 *
 * @param secrets active app secrets, one or two
 * @param cardSecrets what the cards' callback route was registered with, one or two; empty = no card is answered
 * @param envelope what the robot's messages come in; null where they come in clear
 * @param rights whose people and robots may call, and the language of answers to people nothing is known about
 * @param loopbackAllowed whether a reply URL may be on this machine: the one-machine host only
 */
public record DingTalkSettings(
    List<String> secrets,
    List<String> cardSecrets,
    @Nullable DingTalkEnvelope envelope,
    LiveRights rights,
    boolean loopbackAllowed) {
  public DingTalkSettings {
    secrets = List.copyOf(secrets);
    cardSecrets = List.copyOf(cardSecrets);
  }

  @Override
  public String toString() {
    return "DingTalkSettings[" + secrets.size() + " secrets]";
  }
}
