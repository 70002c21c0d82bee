package chatops.engine.effect;

/** What may be done when it is unknown whether a call happened. */
public enum EffectClass {
  /** Changes nothing; ask again freely. */
  READ,
  /** Takes a ClientToken: the same token makes a repetition the same effect. */
  TOKEN,
  /** States a desired result: asking again converges. */
  DESIRED_STATE,
  /** Neither: never sent twice on a guess. */
  ONCE
}
