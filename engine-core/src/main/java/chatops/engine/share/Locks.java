package chatops.engine.share;

import chatops.engine.id.ExecutionId;
import chatops.engine.store.ExecutionStore;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Resources that executions hold alone, one row each. Who wants several takes them in sorted order and waits only for one that
 * sorts after everything it holds, so no two executions ever wait for each other. A lock is void once its owner has ended:
 * nothing has to give it back. Thread-safe.
 */
public final class Locks {
  private static final int LONGEST = 200;

  private final SharedJson shared;
  private final Living living;

  /**
   * A resource that another execution holds.
   *
   * @param mayWait false when what this execution holds already sorts after the resource: waiting could then be for ever
   */
  public record Held(String resource, ExecutionId owner, Instant since, boolean mayWait) {}

  public Locks(ExecutionStore store) {
    this.shared = new SharedJson(store.shared());
    this.living = new Living(store);
  }

  /**
   * Takes resources for an execution; what it holds already it keeps.
   *
   * @param life how often the execution was brought back after its end: a lock of an earlier life is written anew, so that
   *     somebody who has just found its owner ended does not take it over
   * @return what is in the way; what sorts before it is taken
   */
  public Optional<Held> take(ExecutionId id, int life, SortedSet<String> resources, Instant now) {
    for (String resource : resources) {
      ObjectNode row = shared.change(key(resource), r -> {
        boolean isFree = r.isEmpty() || isOwner(r, id) || living.of(owner(r)) != Living.State.LIVES;
        boolean isKept = isOwner(r, id) && r.path("life").asInt() == life;
        if (isFree && !isKept) {
          String since = isOwner(r, id) ? r.path("at").asText() : now.toString();
          r.removeAll();
          r.put("owner", id.value());
          r.put("at", since);
          r.put("life", life);
        }
        return r;
      });
      if (!isOwner(row, id)) {
        boolean mayWait = resources.tailSet(resource).stream()
            .noneMatch(later -> isOwner(shared.read(key(later)), id));
        return Optional.of(new Held(
            resource,
            new ExecutionId(owner(row)),
            Instant.parse(row.path("at").asText()),
            mayWait));
      }
    }
    return Optional.empty();
  }

  /** Gives resources back; those of other owners are left alone. */
  public void release(ExecutionId id, Collection<String> resources) {
    for (String resource : resources) {
      shared.change(key(resource), r -> isOwner(r, id) ? r.removeAll() : r);
    }
  }

  private static boolean isOwner(ObjectNode row, ExecutionId id) {
    return owner(row).equals(id.value());
  }

  private static String owner(ObjectNode row) {
    return row.path("owner").asText();
  }

  /** Ids are short; what is longer shares a row with what begins alike, which is safe. */
  private static String key(String resource) {
    return "lock:" + resource.substring(0, Math.min(LONGEST, resource.length()));
  }
}
