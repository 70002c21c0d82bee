package chatops.engine;

/** What became of a wish to cancel. */
public enum Cancelled {
  REQUESTED,
  ALREADY_REQUESTED,
  ALREADY_ENDED,
  UNKNOWN
}
