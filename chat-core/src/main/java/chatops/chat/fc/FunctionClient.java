package chatops.chat.fc;

import java.time.Duration;

/** Invokes one function. Thread-safe; never retries by itself, because only the caller knows what a repetition costs. */
public interface FunctionClient {
  /** Largest asynchronous message FC takes, in bytes. */
  int ASYNC_LIMIT = 131_072;

  /** How an asynchronous invocation was received. */
  enum Receipt {
    /** 202: the message is persisted by FC. */
    ACCEPTED,
    /** The task id was taken before: the message is already there. */
    DUPLICATE,
    /** Refused for good (4xx other than 429). */
    REJECTED,
    /** 429 or 503: not taken, may be sent again. */
    THROTTLED,
    /** No answer, or 5xx: may have been taken. */
    UNKNOWN;

    /**
     * What FC's answer to an asynchronous invocation means. 409 is a repeated task id, except for the one code that
     * says nothing was taken; anything that is neither 202 nor a clear refusal may have been taken.
     */
    public static Receipt of(int status, String errorCode) {
      return switch (status) {
        case 202 -> ACCEPTED;
        case 409 -> errorCode.equals("ConcurrentUpdateError") ? THROTTLED : DUPLICATE;
        case 429, 503 -> THROTTLED;
        case 408, 499 -> UNKNOWN;
        default -> status >= 400 && status < 500 ? REJECTED : UNKNOWN;
      };
    }
  }

  /**
   * @param detail for logs: HTTP status and error code; never a header or a body
   */
  record Submission(Receipt receipt, String requestId, String detail) {}

  /** @param functionError value of {@code X-Fc-Error-Type}, empty when the function succeeded */
  record Answer(int status, String functionError, byte[] body) {}

  /**
   * Asynchronous invocation.
   *
   * @param taskId letters, digits, {@code _} and {@code -}, not starting with a digit or {@code -}, at most 128
   *     characters; a repeated id is refused by FC
   * @param delay zero, or 1 s to 1 h: an accelerator only, not contractual
   */
  Submission submit(byte[] message, String taskId, Duration delay, Duration timeout);

  /** Synchronous invocation. @throws java.io.IOException when no answer came within {@code timeout} */
  Answer invoke(byte[] message, Duration timeout) throws java.io.IOException;

  /** Keys of the calling function's role, read anew for every call. */
  interface Keys {
    Key current();
  }

  /** One set of temporary keys; {@link #toString} shows none of it. */
  record Key(String accessKeyId, String accessKeySecret, String securityToken) {
    @Override
    public String toString() {
      return "Key[…]";
    }
  }
}
