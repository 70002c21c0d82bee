package chatops.execution.notify;

import chatops.chat.Platform;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.reply.Seal;
import chatops.chat.reply.SealException;

/** Delivers messages to sealed reply addresses. Never throws; the delivery says what became of it. Thread-safe. */
public final class Replies {
  private final Seal seal;
  private final SlackReplies slack;
  private final DingTalkReplies dingtalk;

  public Replies(Seal seal, SlackReplies slack, DingTalkReplies dingtalk) {
    this.seal = seal;
    this.slack = slack;
    this.dingtalk = dingtalk;
  }

  /** @param executionId the execution the address was sealed for */
  public Delivery send(String sealed, String executionId, Platform platform, Letter letter) {
    if (sealed.isEmpty()) {
      return Delivery.dead("no reply address was given");
    }
    ReplyAddress address;
    try {
      address = seal.open(sealed, executionId, platform);
    } catch (SealException e) {
      return Delivery.dead(String.valueOf(e.getMessage()));
    }
    return switch (address.platform()) {
      case DINGTALK -> dingtalk.send(address, letter);
      case SLACK, WEB, CLI -> slack.send(address, letter);
    };
  }
}
