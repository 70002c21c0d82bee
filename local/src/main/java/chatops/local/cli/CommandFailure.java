package chatops.local.cli;

/** A command cannot do its work; the message tells the user why and what to do, and nothing else is printed. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailure(String message) {
    super(message);
  }
}
