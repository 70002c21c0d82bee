package chatops.cloudsim.door;

import chatops.cloudsim.cloud.Fault;
import chatops.cloudsim.http.WebReply;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Faults at the chats' receiving ends. */
final class ChatFaults {
  private ChatFaults() {}

  static WebReply apply(List<Fault> hits, Supplier<WebReply> receiver) {
    Duration delay = Duration.ZERO;
    boolean lost = false;
    for (Fault fault : hits) {
      if (fault instanceof Fault.Delay slow) {
        delay = delay.plus(slow.by());
      } else if (fault instanceof Fault.LostReply) {
        lost = true;
      } else if (fault instanceof Fault.Refuse refuse) {
        WebReply refused =
            WebReply.of(refuse.status(), "text/plain", refuse.code()).after(delay);
        return refuse.status() == 429 ? refused.with("Retry-After", "1") : refused;
      } else {
        return WebReply.of(503, "text/html", "<html><body>503 Service Unavailable</body></html>")
            .after(delay);
      }
    }
    return receiver.get().after(delay).lose(lost);
  }
}
