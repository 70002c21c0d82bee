package chatops.front.chat;

import chatops.chat.render.Message;
import chatops.front.http.HttpReply;
import chatops.front.http.HttpRequest;

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
}
