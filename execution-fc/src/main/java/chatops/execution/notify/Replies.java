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
    return send(sealed, executionId, platform, letter, Correspondence.NONE).delivery();
  }

  /** Whether nobody but the person sees what is sent to an address; also what cannot be opened is not sent to others. */
  public boolean isAlone(String sealed, String executionId, Platform platform) {
    try {
      ReplyAddress address = seal.open(sealed, executionId, platform);
      return platform != Platform.DINGTALK || address.direct();
    } catch (SealException e) {
      return false;
    }
  }

  /** @param known what is known of the messages about the execution */
  public Sent send(
      String sealed, String executionId, Platform platform, Letter letter, Correspondence known) {
    if (sealed.isEmpty()) {
      return new Sent(Delivery.dead("no reply address was given"), known);
    }
    ReplyAddress address;
    try {
      address = seal.open(sealed, executionId, platform);
    } catch (SealException e) {
      return new Sent(Delivery.dead(String.valueOf(e.getMessage())), known);
    }
    return switch (address.platform()) {
      case DINGTALK -> new Sent(dingtalk.send(address, letter), known);
      case SLACK, WEB, CLI -> slack.send(address, letter, known);
    };
  }
}
