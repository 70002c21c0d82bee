package chatops.engine.cloud;

import chatops.engine.EngineException;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * An API that answered with an error, or did not answer. What to do next is decided once, where the cloud's error is
 * translated, and carried as {@link Verdict}.
 */
public final class ApiException extends EngineException {
  private static final long serialVersionUID = 1L;
  private static final int TOO_BUSY = 503;

  /** What the error says about the call, which decides whether it may be sent again. */
  public enum Verdict {
    /** Refused for good; the same call would be refused again. */
    FINAL,
    /** Provably not processed (connection refused, session expired): any call may be sent again. */
    NOT_PROCESSED,
    /** Provably not processed, because there are too many calls: any call may be sent again, slower. */
    THROTTLED,
    /** Fate unknown (timeout, lost reply, 5xx): only repeatable calls may be sent again. */
    UNKNOWN
  }

  private final String api;
  private final String code;
  private final String requestId;
  private final int httpStatus;
  private final Verdict verdict;
  private final transient @Nullable JsonNode body;

  /**
   * @param code the vendor's error code, e.g. {@code IncorrectInstanceStatus}; {@code Unreachable} or
   *     {@code NoErrorCode} where there was none
   * @param httpStatus 0 when no answer came
   * @param body the structured error answer, which selectors of WaitFor and CheckFor may read
   */
  public ApiException(
      String api,
      String code,
      String message,
      String requestId,
      int httpStatus,
      Verdict verdict,
      @Nullable JsonNode body) {
    super(api + ": " + code + ": " + message
        + (requestId.isEmpty() ? "" : " (request " + requestId + ")"));
    this.api = api;
    this.code = code;
    this.requestId = requestId;
    this.httpStatus = httpStatus;
    this.verdict = verdict;
    this.body = body;
  }

  public String api() {
    return api;
  }

  public String code() {
    return code;
  }

  public String requestId() {
    return requestId;
  }

  public int httpStatus() {
    return httpStatus;
  }

  public Verdict verdict() {
    return verdict;
  }

  /** Whether the cloud wants fewer calls: then neither this call nor its task is to blame. */
  public boolean isOverload() {
    return verdict == Verdict.THROTTLED || httpStatus == TOO_BUSY;
  }

  public @Nullable JsonNode body() {
    return body;
  }
}
