package chatops.local.crash;

/** Where a cut may fall, and what it does there. */
enum Place {
  /** A row of a commit is not written yet. */
  ROW_BEFORE,
  /** A row of a commit is written, its writer does not know. */
  ROW_AFTER,
  LOG_BEFORE,
  LOG_AFTER,
  /** The intent stands, the call has not left. */
  CALL_UNSENT,
  /** The call has left; it lands when nobody waits for it any more. */
  CALL_ON_ITS_WAY,
  /** The call landed, its reply is not stored. */
  CALL_LANDED,
  /** Nobody is halted; the call is lost on its way, and its sender cannot tell. */
  CALL_LOST,
  /** Nobody is halted; the call landed, and its sender cannot tell. */
  REPLY_LOST,
  NOTICE_BEFORE,
  NOTICE_AFTER,
  HOOK_BEFORE,
  HOOK_AFTER,
  /** Stored, and no wake-up arranged. */
  WAKE_BEFORE,
  /** Nobody is halted; the wake-up never comes. */
  WAKE_LOST,
  /** Nobody is halted; the wake-up comes twice, the second while the first is at work. */
  WAKE_DOUBLED;

  boolean isHalt() {
    return this != CALL_LOST && this != REPLY_LOST && this != WAKE_LOST && this != WAKE_DOUBLED;
  }
}
