package chatops.cloudsim.assistant;

import chatops.cloudsim.ecs.Fleet;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What runs scripts on the simulated instances. Called by several threads at once; never blocks on a script. */
public interface Guest extends AutoCloseable {

  /** One started script. Thread-safe. */
  interface Process {
    /** How it ended, empty while it runs at {@code now}. */
    Optional<Ending> ended(Instant now);

    /** What it has written by now, both streams in the order of arrival. */
    Output output(Instant now);

    /** When it will end by itself, where that is known beforehand. */
    default Optional<Instant> endsAt() {
      return Optional.empty();
    }

    /** Ends it; what it wrote stays. Nothing happens when it has ended. */
    void stop();

    /** Blocks until it ends by itself, for guests whose scripts take real time. */
    default void await(Duration longest) throws InterruptedException {}
  }

  /** Where instances find the files of OSS; told once, before the first script. */
  default void filesAt(URI files) {}

  /** Starts a script on an instance that runs and whose agent is there. */
  Process start(Fleet.Sight instance, Script script);

  /** Puts a file on an instance; empty when that went well. */
  Optional<Ending> send(Fleet.Sight instance, SentFile file, Instant now);

  /** The instance was stopped or restarted: what runs on it ends, its files stay. */
  default void halt(String instanceId) {}

  /** The instance is gone with all that is on it. */
  default void release(String instanceId) {}

  /** Ends all that runs on all instances. */
  @Override
  default void close() {}
}
