package chatops.cloudsim.cloud;

/** A refusal with the code, HTTP status and message the real service gives. */
public final class CloudException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;

  public CloudException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  public String code() {
    return code;
  }

  public int status() {
    return status;
  }

  public String text() {
    String message = getMessage();
    return message == null ? code : message;
  }

  /** HTTP 400 {@code MissingParameter}. */
  public static CloudException missing(String parameter) {
    return new CloudException(
        400,
        "MissingParameter",
        "The input parameter \"" + parameter
            + "\" that is mandatory for processing this request is not supplied.");
  }

  /** HTTP 400 {@code InvalidParameter.<name>}, the generic answer to a bad value. */
  public static CloudException invalid(String parameter, String reason) {
    return new CloudException(
        400,
        "InvalidParameter." + parameter,
        "The specified parameter \"" + parameter + "\" is not valid: " + reason);
  }
}
