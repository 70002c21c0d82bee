package chatops.local.demo;

/** A step cannot go on; the message says what was expected and what was found. */
final class StepFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StepFailure(String message) {
    super(message, null, false, false);
  }
}
