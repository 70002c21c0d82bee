package chatops.cloudsim.door;

import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.Fault;
import chatops.cloudsim.http.WebReply;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** What faults make of the reply that a door would give. */
final class DoorFaults {
  private DoorFaults() {}

  /**
   * At the door of a cloud service, which words the exception of a refusal itself.
   *
   * @param unavailable what a gateway before it says when it is not there
   */
  static WebReply ofCloud(List<Fault> hits, WebReply unavailable, Supplier<WebReply> receiver) {
    return apply(
        hits,
        refuse -> {
          throw new CloudException(refuse.status(), refuse.code(), refuse.message());
        },
        unavailable,
        receiver);
  }

  /** At the chats' receiving ends. */
  static WebReply ofChat(List<Fault> hits, Supplier<WebReply> receiver) {
    return apply(
        hits,
        refuse -> {
          WebReply refused = WebReply.of(refuse.status(), "text/plain", refuse.code());
          return refuse.status() == 429 ? refused.with("Retry-After", "1") : refused;
        },
        WebReply.of(503, "text/html", "<html><body>503 Service Unavailable</body></html>"),
        receiver);
  }

  private static WebReply apply(
      List<Fault> hits,
      Function<Fault.Refuse, WebReply> refused,
      WebReply unavailable,
      Supplier<WebReply> receiver) {
    Duration delay = Duration.ZERO;
    boolean lost = false;
    for (Fault fault : hits) {
      if (fault instanceof Fault.Delay slow) {
        delay = delay.plus(slow.by());
      } else if (fault instanceof Fault.LostReply) {
        lost = true;
      } else if (fault instanceof Fault.Refuse refuse) {
        return refused.apply(refuse).after(delay);
      } else {
        return unavailable.after(delay);
      }
    }
    return receiver.get().after(delay).lose(lost);
  }
}
