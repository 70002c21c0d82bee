package chatops.front.gateway;

import chatops.chat.handover.HandOver;
import java.io.IOException;

/** The way to Execution. Thread-safe. */
public interface ExecutionGateway {
  /** What became of a message; said to the person as it is. */
  enum Outcome {
    ACCEPTED,
    /** The same event had arrived before. */
    DUPLICATE,
    /** It may have arrived. */
    UNKNOWN,
    /** It did not arrive; repeating is safe. */
    REJECTED,
    /** It is more than can be handed over; repeating is useless. */
    TOO_LARGE;

    /** Whether Execution has it for certain. */
    public boolean isArrived() {
      return this == ACCEPTED || this == DUPLICATE;
    }
  }

  /** @param taskId the same for every repetition of the event, see {@code EventKey} */
  Outcome handOver(HandOver message, String taskId);

  /**
   * Asks and waits: for pages only.
   *
   * @return Execution's answer, JSON
   * @throws IOException when no answer came in time, or Execution failed to give one
   */
  byte[] ask(HandOver question) throws IOException;
}
