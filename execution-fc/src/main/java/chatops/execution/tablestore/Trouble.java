package chatops.execution.tablestore;

import com.alicloud.openservices.tablestore.ClientException;
import com.alicloud.openservices.tablestore.TableStoreException;
import com.alicloud.openservices.tablestore.core.ErrorCode;
import java.util.Set;

/** What a failed call means for its sender. Source: "Error codes of Tablestore" and the SDK's own retry strategy. */
enum Trouble {
  /** Nothing took effect; the same call may succeed later. */
  NOT_APPLIED,
  /** It may have taken effect, or may still do so. */
  FATE_UNKNOWN,
  /** The keys were refused; newer ones may be at hand. */
  KEYS_REFUSED,
  /** A condition did not hold. */
  CONDITION,
  /** Asking again changes nothing. */
  FINAL;

  private static final Set<String> PASSING = Set.of(
      ErrorCode.ROW_OPERATION_CONFLICT,
      ErrorCode.NOT_ENOUGH_CAPACITY_UNIT,
      ErrorCode.TABLE_NOT_READY,
      ErrorCode.PARTITION_UNAVAILABLE,
      ErrorCode.SERVER_BUSY);
  private static final Set<String> AMBIGUOUS = Set.of(
      ErrorCode.STORAGE_TIMEOUT, ErrorCode.INTERNAL_SERVER_ERROR, ErrorCode.SERVER_UNAVAILABLE);

  static Trouble of(RuntimeException failure) {
    if (failure instanceof TableStoreException refusal) {
      return of(
          refusal.getErrorCode(), String.valueOf(refusal.getMessage()), refusal.getHttpStatus());
    }
    return failure instanceof ClientException ? FATE_UNKNOWN : FINAL;
  }

  /** @param status of the reply; 0 for the error of one row in a batch */
  static Trouble of(String code, String message, int status) {
    if (code.equals(ErrorCode.CONDITION_CHECK_FAIL)) return CONDITION;
    if (code.equals(ErrorCode.AUTHORIZATION_FAILURE)) return KEYS_REFUSED;
    boolean tableCallsTooFast =
        code.equals(ErrorCode.QUOTA_EXHAUSTED) && message.equals("Too frequent table operations.");
    if (PASSING.contains(code) || tableCallsTooFast) return NOT_APPLIED;
    return AMBIGUOUS.contains(code) || status >= 500 ? FATE_UNKNOWN : FINAL;
  }
}
