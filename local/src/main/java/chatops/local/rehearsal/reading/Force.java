package chatops.local.rehearsal.reading;

/** How much a wish matters. */
public enum Force {
  /** The task fails otherwise: a desired value. */
  MUST,
  /** One element of a list is looked for by it. */
  SOME,
  /** A branch depends on it. */
  MAY
}
