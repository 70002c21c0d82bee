package chatops.engine;

/** What became of a wish to start. */
public enum Started {
  CREATED,
  /** An execution of this id exists already: a repeated delivery; nothing was changed. */
  ALREADY_THERE
}
