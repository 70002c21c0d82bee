package chatops.engine.store.memory;

/** What may go wrong at one row write; {@link #NONE} for a store that always answers. */
public interface Fault {
  Fault NONE = (row, applied) -> {};

  /**
   * Called before ({@code applied} false) and after (true) each row is written; throwing a {@link
   * chatops.engine.store.StoreException} plays a store that did not take the write, or took it and lost the answer.
   *
   * @param row {@code blob}, {@code task <path>}, {@code execution}, {@code shared <key>}, or {@code delete} and
   *     what goes
   */
  void at(String row, boolean applied);
}
