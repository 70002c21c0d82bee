package chatops.front.http;

import chatops.chat.rights.LiveRights;

/** Where Front's log lines go: one per event, {@code key=value}, never a secret, a body or a reply URL. */
public interface FrontLog extends LiveRights.Log {
  @Override
  void line(String line);
}
