package chatops.engine.run;

/** Another worker has taken the execution; this one stops without a trace. */
final class LeaseLost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LeaseLost(String message) {
    super(message, null, false, false);
  }
}
