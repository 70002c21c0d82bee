package chatops.engine.run;

import chatops.engine.id.ExecutionId;

/** Identities of what triggers start. */
public final class Firings {
  private Firings() {}

  /** The id of a firing's child: the same for the same firing, whoever asks. */
  public static ExecutionId child(ExecutionId parent, String firing) {
    return new ExecutionId("exec-" + Digest.id(parent.value(), "firing", firing));
  }
}
