package chatops.front.chat;

import chatops.chat.Language;
import chatops.chat.render.Message;
import chatops.chat.reply.ReplyAddress;
import chatops.front.http.HttpReply;
import chatops.front.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One chat platform, seen from Front: how its requests are verified and read, and how it wants to be answered. */
public interface ChatPlatform {
  /** Over the raw bytes, in constant time, with a window both ways. */
  Verification verify(HttpRequest request);

  /** Only for a request that {@link #verify} found authentic. Never throws. */
  Incoming read(HttpRequest request);

  /** The answer to typed text: to the person alone where the platform can. */
  HttpReply acknowledge(Incoming.Said said, Message message);

  /** The answer to a pressed button. @param arrived whether Execution has the decision for certain */
  HttpReply acknowledge(Incoming.Pressed pressed, boolean arrived);

  /** The answer to a signature that came before with another body: a forger's, or by a rare chance somebody else's. */
  default HttpReply spent() {
    return HttpReply.UNAUTHORIZED;
  }

  /** Received, and nothing to show for it. */
  default HttpReply quiet() {
    return HttpReply.empty(200);
  }

  /** Whether people can be asked in windows. The methods below are called for platforms that have them. */
  default boolean hasDialogs() {
    return false;
  }

  /**
   * Opens a window.
   *
   * @param trigger what the platform gave for it
   * @return whether it is open for certain
   */
  default boolean open(Dialog dialog, String trigger, Duration limit) {
    return false;
  }

  /** The answer to a window that was sent: what it shows next. */
  default HttpReply show(Dialog dialog) {
    return quiet();
  }

  /** The answer to a form that was sent: it stays, with what is wrong beside its inputs. @param errors by parameter */
  default HttpReply wrong(Map<String, String> errors) {
    return quiet();
  }

  /** The answer to a choice that was sent without a template. */
  default HttpReply noTemplate(Language language) {
    return quiet();
  }

  /** The answer to a select that asks what there is. */
  default HttpReply choices(List<String> names) {
    return quiet();
  }

  /** Tells the person alone, where the acknowledgement is not shown. @return whether it arrived for certain */
  default boolean tell(ReplyAddress address, Message message, Duration limit) {
    return false;
  }
}
