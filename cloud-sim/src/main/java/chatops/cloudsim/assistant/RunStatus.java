package chatops.cloudsim.assistant;

/** {@code InvocationStatus} of one instance, with the two older spellings of the same (page "DescribeInvocations"). */
enum RunStatus {
  PENDING("Pending", "Running", false),
  SCHEDULED("Scheduled", "Running", false),
  RUNNING("Running", "Running", false),
  STOPPING("Stopping", "Stopping", false),
  SUCCESS("Success", "Finished", true),
  /** It ran and its exit code is not zero: the older spelling calls that Finished all the same. */
  FAILED("Failed", "Finished", true),
  ERROR("Error", "Failed", true),
  TIMEOUT("Timeout", "Failed", true),
  INVALID("Invalid", "Failed", true),
  ABORTED("Aborted", "Failed", true),
  CANCELLED("Cancelled", "Stopped", true),
  TERMINATED("Terminated", "Stopped", true);

  private final String text;
  private final String legacy;
  private final boolean isFinal;

  RunStatus(String text, String legacy, boolean isFinal) {
    this.text = text;
    this.legacy = legacy;
    this.isFinal = isFinal;
  }

  String text() {
    return text;
  }

  /** {@code InstanceInvokeStatus} and {@code InvokeRecordStatus}. */
  String legacy() {
    return legacy;
  }

  boolean isFinal() {
    return isFinal;
  }

  boolean isStopped() {
    return this == CANCELLED || this == TERMINATED;
  }
}
