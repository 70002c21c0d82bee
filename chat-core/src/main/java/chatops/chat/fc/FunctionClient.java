package chatops.chat.fc;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Invokes one function. Thread-safe; nothing but {@link #deliver} repeats by itself, because only the caller knows what a
 * repetition costs.
 */
public interface FunctionClient {
  /** Largest asynchronous message FC takes, in bytes. */
  int ASYNC_LIMIT = 131_072;

  String NO_KEYS = "no keys to sign with; has the function a role?";

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
  record Submission(Receipt receipt, String requestId, String detail) {
    /** FC answered; whatever of it is no plain token stays out. */
    public static Submission answered(
        int status, @Nullable String requestId, @Nullable String errorCode) {
      String code = plain(errorCode);
      String detail = code.isEmpty() ? Integer.toString(status) : status + " " + code;
      return new Submission(Receipt.of(status, code), plain(requestId), detail);
    }

    /** Nobody answered; its class is told, its message may quote the peer. */
    public static Submission unanswered(Throwable why) {
      return new Submission(Receipt.UNKNOWN, "", "no answer: " + why.getClass().getSimpleName());
    }

    /** Refused here, before anything was sent; empty where {@code message} and {@code key} will do. */
    public static Optional<Submission> refused(byte[] message, Key key) {
      if (message.length > ASYNC_LIMIT) {
        String size = "the message has " + message.length + " bytes, FC takes " + ASYNC_LIMIT;
        return Optional.of(new Submission(Receipt.REJECTED, "", size));
      }
      return key.accessKeyId().isEmpty()
          ? Optional.of(new Submission(Receipt.REJECTED, "", NO_KEYS))
          : Optional.empty();
    }

    public Submission as(Receipt changed) {
      return new Submission(changed, requestId, detail);
    }

    /** A token safe to log, or nothing: what a peer sends is not trusted to be an id. */
    static String plain(@Nullable String value) {
      if (value == null || value.length() > 128) {
        return "";
      }
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && c != '-' && c != '.' && c != '_') {
          return "";
        }
      }
      return value;
    }
  }

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

  /**
   * As {@link #submit}, and once more where it is not known whether the message arrived: it has the same task id, so it is taken
   * once. The second try finds no connection that was closed meanwhile, which is the commonest reason for the first to get no
   * answer. None is made in a thread that was interrupted.
   *
   * @param timeout of each try
   * @return after a second try ACCEPTED, also where that one was a repetition, or UNKNOWN: its refusal says nothing of the first
   */
  default Submission deliver(byte[] message, String taskId, Duration delay, Duration timeout) {
    Submission first = submit(message, taskId, delay, timeout);
    if (first.receipt() != Receipt.UNKNOWN || Thread.currentThread().isInterrupted()) {
      return first;
    }
    Submission second = submit(message, taskId, delay, timeout);
    boolean arrived = second.receipt() == Receipt.ACCEPTED || second.receipt() == Receipt.DUPLICATE;
    return new Submission(
        arrived ? Receipt.ACCEPTED : Receipt.UNKNOWN,
        second.requestId().isEmpty() ? first.requestId() : second.requestId(),
        first.detail() + "; again: " + second.detail());
  }

  /** Synchronous invocation. @throws java.io.IOException when no answer came within {@code timeout} */
  Answer invoke(byte[] message, Duration timeout) throws java.io.IOException;

  /** Wakes what the first call will need, without a call; on any thread. */
  default void prepare() {}

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
