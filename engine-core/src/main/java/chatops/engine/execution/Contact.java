package chatops.engine.execution;

import chatops.engine.notice.Notifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How people were reached about an execution.
 *
 * @param memory what the notifier remembers of its messages, see {@link Notifier#tell(chatops.engine.notice.Notice, String)}
 * @param missed notices that reached nobody, the newest last, at most {@value #MOST_MISSED}
 */
public record Contact(String memory, List<Missed> missed) {
  /** Before anybody was told anything. */
  public static final Contact NONE = new Contact("", List.of());

  private static final int MOST_MISSED = 5;
  private static final int LONGEST_MEMORY = 2_000;
  private static final int LONGEST_DETAIL = 300;

  public Contact {
    missed = List.copyOf(missed);
  }

  /**
   * A notice that was given up.
   *
   * @param detail why, without an address and without a secret
   */
  public record Missed(Untold.Kind kind, String detail, Instant at) {
    public Missed {
      detail = detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) : detail;
    }
  }

  /** A longer memory than may be is not kept: the notifier begins anew. */
  Contact remembering(String what) {
    return new Contact(what.length() > LONGEST_MEMORY ? "" : what, missed);
  }

  Contact missing(Missed one) {
    List<Missed> all = new ArrayList<>(missed);
    all.add(one);
    return new Contact(memory, all.subList(Math.max(0, all.size() - MOST_MISSED), all.size()));
  }
}
