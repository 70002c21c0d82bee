package chatops.chat.handover;

/**
 * Which approval of which execution: the opaque value of a button, {@code exec-…:<approval id>}. It carries no
 * command; what will be done is looked up by it.
 *
 * @param approvalId letters, digits, {@code -}, {@code _}, {@code .} and {@code /}
 */
public record ApprovalRef(String executionId, String approvalId) {
  private static final int LIMIT = 512;

  public ApprovalRef {
    if (!isPlain(executionId) || !isPlain(approvalId)) {
      throw new IllegalArgumentException("not the value of an approval button");
    }
  }

  /** @throws IllegalArgumentException when the text is no value that {@link #toString} gave; does not quote it */
  public static ApprovalRef parse(String value) {
    int colon = value.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("not the value of an approval button");
    }
    return new ApprovalRef(value.substring(0, colon), value.substring(colon + 1));
  }

  @Override
  public String toString() {
    return executionId + ":" + approvalId;
  }

  private static boolean isPlain(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean plain = c >= 'a' && c <= 'z'
          || c >= 'A' && c <= 'Z'
          || c >= '0' && c <= '9'
          || "-_./".indexOf(c) >= 0;
      if (!plain) {
        return false;
      }
    }
    return !id.isEmpty() && id.length() <= LIMIT;
  }
}
