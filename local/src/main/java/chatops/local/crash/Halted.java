package chatops.local.crash;

/**
 * Takes a halted worker's thread back after its round was judged. Until then the thread stands still; what it unwinds
 * through afterwards finds every port shut.
 */
final class Halted extends Error {
  private static final long serialVersionUID = 1L;

  Halted(String worker) {
    super(worker + " was halted", null, false, false);
  }
}
