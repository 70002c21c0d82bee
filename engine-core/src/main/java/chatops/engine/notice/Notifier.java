package chatops.engine.notice;

/** Tells people. Thread-safe. Called at least once per notice and never inside a store transaction. */
public interface Notifier {
  /**
   * @throws NoticeException when the notice was not delivered; the engine tries again later when that may help, and
   *     never lets the execution fail for it
   */
  void tell(Notice notice);
}
