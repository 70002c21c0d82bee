package chatops.execution.scaling;

/** What an event of a topic or an event bus comes to. */
public sealed interface Received {
  /** A hook waits. */
  record Hook(LifecycleMessage message) implements Received {}

  /** Nothing to do, rightly: a test, an event of another kind. */
  record Ignored(String why) implements Received {}

  /** It should be a hook's message and is none. */
  record Malformed(String why) implements Received {}
}
