package chatops.cloudsim.slack;

/** An error word of Slack's with the HTTP status it comes with; the Web API sends its words with status 200. */
public final class SlackRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String error;

  SlackRefusal(int status, String error) {
    super(error);
    this.status = status;
    this.error = error;
  }

  public int status() {
    return status;
  }

  public String error() {
    return error;
  }
}
