package chatops.engine.share;

import chatops.engine.id.ExecutionId;
import chatops.engine.policy.Policy.Limit;
import chatops.engine.store.ExecutionStore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Who of a limit's executions runs and who waits, in one row per limit. An id stands in it before its execution is created,
 * and is void once the execution has ended or was never created; so nothing that dies anywhere holds a place for ever, and
 * nothing that waits is forgotten: every waiting execution looks at the row when the sweep reaches it. Thread-safe.
 */
public final class Queues {
  /** An id whose execution is not there this long after it was noted will not come any more. */
  private static final Duration CREATION = Duration.ofMinutes(5);

  private static final String RUNNING = "running";
  private static final String QUEUED = "queued";

  private final SharedJson shared;
  private final Living living;

  /**
   * A place.
   *
   * @param number 0 = may run; from 1 on its place among those who wait; -1 = none, the queue is full
   * @param waiting how many wait in all
   */
  public record Place(int number, int waiting) {
    public boolean mayRun() {
      return number == 0;
    }

    public boolean isRefused() {
      return number < 0;
    }
  }

  public Queues(ExecutionStore store) {
    this.shared = new SharedJson(store.shared());
    this.living = new Living(store);
  }

  /** Notes an execution that is about to be created; again without harm. */
  public Place enter(Limit limit, ExecutionId id, Instant now) {
    return place(limit, id, now, limit.queued());
  }

  /** Looks for an execution that waits; one that fell out of the row is noted again, whatever the queue's length. */
  public Place look(Limit limit, ExecutionId id, Instant now) {
    return place(limit, id, now, Integer.MAX_VALUE);
  }

  private Place place(Limit limit, ExecutionId id, Instant now, int most) {
    ObjectNode row = shared.change(key(limit), r -> {
      if (find(r, RUNNING, id) >= 0) {
        return r;
      }
      promote(r, limit, now);
      if (find(r, RUNNING, id) < 0 && find(r, QUEUED, id) < 0) {
        ArrayNode waiting = r.withArrayProperty(QUEUED);
        if (waiting.isEmpty() && r.withArrayProperty(RUNNING).size() < limit.running()) {
          r.withArrayProperty(RUNNING).add(entry(r, id, now));
        } else if (waiting.size() < most) {
          waiting.add(entry(r, id, now));
        }
      }
      return tidy(r);
    });
    int waiting = row.path(QUEUED).size();
    if (find(row, RUNNING, id) >= 0) {
      return new Place(0, waiting);
    }
    int at = find(row, QUEUED, id);
    return new Place(at < 0 ? -1 : at + 1, waiting);
  }

  /**
   * Gives a place back.
   *
   * @param mayPromote false while starts are frozen
   * @return those who may run now and did not before; each finds out by itself when it is not told
   */
  public List<ExecutionId> leave(Limit limit, ExecutionId id, Instant now, boolean mayPromote) {
    List<ExecutionId> promoted = new ArrayList<>();
    shared.change(key(limit), r -> {
      promoted.clear();
      drop(r, RUNNING, id);
      drop(r, QUEUED, id);
      if (mayPromote) {
        promoted.addAll(promote(r, limit, now));
      }
      return tidy(r);
    });
    return promoted;
  }

  /** Moves those who wait longest up while there is room; who has died meanwhile makes room. */
  private List<ExecutionId> promote(ObjectNode row, Limit limit, Instant now) {
    ArrayNode running = row.withArrayProperty(RUNNING);
    ArrayNode waiting = row.withArrayProperty(QUEUED);
    if (running.size() >= limit.running()) {
      sweep(running, now);
    }
    List<ExecutionId> promoted = new ArrayList<>();
    while (!waiting.isEmpty() && running.size() < limit.running()) {
      JsonNode first = waiting.remove(0);
      if (!isVoid(first, now)) {
        running.add(first);
        promoted.add(new ExecutionId(first.path("id").asText()));
      }
    }
    return promoted;
  }

  private void sweep(ArrayNode entries, Instant now) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (isVoid(entries.get(i), now)) {
        entries.remove(i);
      }
    }
  }

  private boolean isVoid(JsonNode entry, Instant now) {
    Instant noted = Instant.parse(entry.path("at").asText());
    return switch (living.of(entry.path("id").asText())) {
      case LIVES -> false;
      case ENDED -> true;
      case ABSENT -> noted.plus(CREATION).isBefore(now);
    };
  }

  private static int find(ObjectNode row, String list, ExecutionId id) {
    JsonNode entries = row.path(list);
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).path("id").asText().equals(id.value())) {
        return i;
      }
    }
    return -1;
  }

  private static void drop(ObjectNode row, String list, ExecutionId id) {
    int at = find(row, list, id);
    if (at >= 0) {
      row.withArrayProperty(list).remove(at);
    }
  }

  /** Without anybody in it there is no row. */
  private static ObjectNode tidy(ObjectNode row) {
    boolean isEmpty = row.path(RUNNING).isEmpty() && row.path(QUEUED).isEmpty();
    return isEmpty ? row.removeAll() : row;
  }

  private static ObjectNode entry(ObjectNode row, ExecutionId id, Instant now) {
    return row.objectNode().put("id", id.value()).put("at", now.toString());
  }

  private static String key(Limit limit) {
    return "limit:" + limit.name();
  }
}
