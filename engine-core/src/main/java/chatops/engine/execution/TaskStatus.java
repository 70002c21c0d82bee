package chatops.engine.execution;

/** State of one task run or loop item (specification 13.1). */
public enum TaskStatus {
  RUNNING("Running"),
  WAITING("Waiting"),
  SUCCESS("Success"),
  FAILED("Failed"),
  CANCELLED("Cancelled"),
  SKIPPED("Skipped"),
  /** A row of an earlier try of a nested template or loop that began anew; not shown. */
  REPLACED("Replaced");

  private final String text;

  TaskStatus(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  public boolean isFinal() {
    return this != RUNNING && this != WAITING;
  }
}
