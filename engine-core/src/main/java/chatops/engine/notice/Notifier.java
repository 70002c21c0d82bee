package chatops.engine.notice;

/** Tells people. Thread-safe. Called at least once per notice and never inside a store transaction. */
public interface Notifier {
  /**
   * @throws NoticeException when the notice was not delivered; the engine tries again later when that may help, and
   *     never lets the execution fail for it
   */
  void tell(Notice notice);

  /**
   * The same for a notifier that edits what it said: the execution carries what it remembers from one notice to the next.
   *
   * @param memory what the last notice about this execution left behind; empty at first
   * @return what to remember, at most 2,000 characters
   * @throws NoticeException as {@link #tell(Notice)} does
   */
  default String tell(Notice notice, String memory) {
    tell(notice);
    return memory;
  }
}
