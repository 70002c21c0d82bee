package chatops.cloudsim.tablestore;

/** An error the way Tablestore answers it: an HTTP status, a code and a text. Source: "Error codes of Tablestore". */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  Refusal(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  static Refusal invalid(String message) {
    return new Refusal(400, "OTSParameterInvalid", message);
  }

  static Refusal wrongKey(String message) {
    return new Refusal(400, "OTSInvalidPK", message);
  }

  static Refusal unsupported(String what) {
    return new Refusal(
        400, "OTSUnsupportOperation", "The simulated Tablestore has no " + what + ".");
  }

  static Refusal noAuthority(String message) {
    return new Refusal(403, "OTSAuthFailed", message);
  }

  static Refusal conditionFailed() {
    return new Refusal(403, "OTSConditionCheckFail", "Condition check failed.");
  }

  static Refusal noTable(String table) {
    return new Refusal(404, "OTSObjectNotExist", "Requested table does not exist: " + table + ".");
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
