package chatops.cloudsim.slack;

/** An error word of Slack's with the HTTP status it comes with; the Web API sends its words with status 200. */
public final class SlackRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String error;
  private final String detail;

  SlackRefusal(int status, String error) {
    this(status, error, "");
  }

  /** @param detail what Slack's {@code response_metadata.messages} says; empty for nothing */
  SlackRefusal(int status, String error, String detail) {
    super(error);
    this.status = status;
    this.error = error;
    this.detail = detail;
  }

  public String detail() {
    return detail;
  }

  public int status() {
    return status;
  }

  public String error() {
    return error;
  }
}
