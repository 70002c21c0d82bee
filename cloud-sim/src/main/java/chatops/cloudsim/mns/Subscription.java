package chatops.cloudsim.mns;

import java.net.URI;

/**
 * Who gets a topic's messages.
 *
 * @param name as the messages name it
 */
public record Subscription(String name, Endpoint endpoint, Format format, Strategy strategy) {

  /** Where messages go. */
  public sealed interface Endpoint {
    /** A web address, with a signature (MNS, "HTTP endpoint"). */
    record Web(URI url) implements Endpoint {}

    /** An FC trigger: only {@link Format#JSON} and {@link Format#STREAM}. */
    record Function(String key) implements Endpoint {}
  }

  /** How a message is wrapped. STREAM and SIMPLIFIED are the bare message. */
  public enum Format {
    XML,
    JSON,
    SIMPLIFIED,
    STREAM
  }

  /** What follows a refusal. */
  public enum Strategy {
    /** Three more times, 10 to 20 s apart. */
    BACKOFF_RETRY,
    /** 176 more times over a day, 1, 2, 4 … 512 s apart. */
    EXPONENTIAL_DECAY_RETRY
  }
}
