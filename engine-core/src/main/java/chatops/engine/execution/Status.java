package chatops.engine.execution;

/** Lifecycle of an execution, spelled as OOS spells it (specification 13.1). */
public enum Status {
  STARTED("Started"),
  QUEUED("Queued"),
  RUNNING("Running"),
  WAITING("Waiting"),
  SUCCESS("Success"),
  FAILED("Failed"),
  CANCELLED("Cancelled");

  private final String text;

  Status(String text) {
    this.text = text;
  }

  /** The OOS spelling. */
  public String text() {
    return text;
  }

  public boolean isFinal() {
    return this == SUCCESS || this == FAILED || this == CANCELLED;
  }
}
