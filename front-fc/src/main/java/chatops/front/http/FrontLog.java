package chatops.front.http;

/** Where Front's log lines go: one per event, {@code key=value}, never a secret, a body or a reply URL. */
public interface FrontLog {
  void line(String line);
}
