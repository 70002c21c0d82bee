package chatops.engine.execution;

import chatops.engine.id.ExecutionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to an execution that waits for a trigger. */
public interface TriggerEvent extends Event {

  /** The trigger is watched from now on, or its schedule moves on. {@code skipped} firings have been left out. */
  record Watched(@Nullable Instant nextAt, int skipped) implements TriggerEvent {
    @Override
    public Execution on(Execution e) {
      if (e.status().isFinal()) {
        return e;
      }
      Draft d = e.draft();
      d.watch = e.watch() == null ? Watch.opened(nextAt) : e.watch().next(nextAt, skipped);
      return d.build();
    }
  }

  /**
   * The trigger fires. A firing that is known changes nothing.
   *
   * @param isFromOutside an event: whoever runs or sweeps must look at once
   */
  record Fired(Firing firing, boolean isFromOutside) implements TriggerEvent {
    @Override
    public Execution on(Execution e) {
      Watch watch = e.watch();
      if (e.status().isFinal()
          || watch == null
          || watch.has(firing.child())
          || firing.child().equals(watch.lastChild())) {
        return e;
      }
      Draft d = e.draft();
      List<Firing> now = new ArrayList<>(watch.firings());
      now.add(firing);
      d.watch = watch.with(now, 1, firing.at());
      return isFromOutside ? d.heard(firing.at()).build() : d.build();
    }
  }

  /** The child's row is there. */
  record Begun(ExecutionId child) implements TriggerEvent {
    @Override
    public Execution on(Execution e) {
      Watch watch = e.watch();
      if (watch == null || !watch.has(child)) {
        return e;
      }
      Draft d = e.draft();
      d.watch = watch.with(
          watch.firings().stream()
              .map(f -> f.child().equals(child) ? f.started() : f)
              .toList(),
          0,
          watch.lastAt());
      return d.build();
    }
  }

  /** A child has ended, in whatever way: told by the child, or seen by whoever looked. */
  record ChildEnded(ExecutionId child, Status status, Instant at) implements TriggerEvent {
    @Override
    public Execution on(Execution e) {
      Watch watch = e.watch();
      if (e.status().isFinal() || watch == null || !watch.has(child)) {
        return e;
      }
      Draft d = e.draft();
      d.watch = watch.ended(child, status, at);
      return d.heard(at).build();
    }
  }
}
