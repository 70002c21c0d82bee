package chatops.chat.fc;

import chatops.chat.handover.EventKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Invokes one function of FC 3 (API 2023-03-30, "InvokeFunction") with nothing but JDK classes, because Front's cold
 * start pays for every other one. Each call is one request, answered or given up within its timeout, plus a question
 * for the task when FC answers 400. Immutable and thread-safe.
 */
public final class Fc3FunctionClient implements FunctionClient {
  static final String VERSION = "2023-03-30";

  private final Endpoint endpoint;
  private final String function;
  private final Keys keys;
  private final InstantSource clock;
  private final Supplier<String> nonces;

  /** @param function 1 to 64 letters, digits, {@code _} and {@code -}, or {@code service$function} born in FC 2 */
  public Fc3FunctionClient(Endpoint endpoint, String function, Keys keys, InstantSource clock) {
    this(endpoint, function, keys, clock, randomNonces());
  }

  Fc3FunctionClient(
      Endpoint endpoint, String function, Keys keys, InstantSource clock, Supplier<String> nonces) {
    this.endpoint = endpoint;
    this.function = encoded(function);
    this.keys = keys;
    this.clock = clock;
    this.nonces = nonces;
  }

  @Override
  public Submission submit(byte[] message, String taskId, Duration delay, Duration timeout) {
    TaskIds.check(taskId);
    Key key = keys.current();
    Optional<Submission> refused = Submission.refused(message, key);
    if (refused.isPresent()) {
      return refused.get();
    }
    long start = System.nanoTime();
    String[] how = {
      "X-Fc-Invocation-Type",
      "Async",
      "x-fc-async-task-id",
      taskId,
      "x-fc-async-delay",
      TaskIds.seconds(delay)
    };
    try {
      Exchange.Reply reply = post(key, message, timeout, how);
      String code = ErrorCode.of(reply.body());
      Submission submission = Submission.answered(reply.status(), reply.requestId(), code);
      boolean ambiguous = reply.status() == 400 && !code.equals("EntityTooLarge");
      return ambiguous
          ? submission.as(asked(key, taskId, timeout.minusNanos(System.nanoTime() - start)))
          : submission;
    } catch (IOException failed) {
      return Submission.unanswered(failed);
    }
  }

  @Override
  public Answer invoke(byte[] message, Duration timeout) throws IOException {
    Key key = keys.current();
    if (key.accessKeyId().isEmpty()) {
      throw new IOException(NO_KEYS);
    }
    Exchange.Reply reply = post(key, message, timeout, "X-Fc-Invocation-Type", "Sync");
    return new Answer(reply.status(), reply.errorType(), reply.body());
  }

  @Override
  public void prepare() {
    Exchange.prepare(endpoint.toString());
  }

  private Exchange.Reply post(Key key, byte[] message, Duration timeout, String... how)
      throws IOException {
    String path = "/" + VERSION + "/functions/" + function + "/invocations";
    return send("POST", path, "InvokeFunction", key, message, timeout, how);
  }

  /** FC's older manual refuses a repeated task id with 400, which may mean anything else as well: the task tells. */
  private Receipt asked(Key key, String taskId, Duration left) {
    try {
      return exists(key, taskId, left) ? Receipt.DUPLICATE : Receipt.REJECTED;
    } catch (IOException failed) {
      return Receipt.UNKNOWN;
    }
  }

  boolean exists(Key key, String taskId, Duration timeout) throws IOException {
    String path = "/" + VERSION + "/functions/" + function + "/async-tasks/" + taskId;
    int status = send("GET", path, "GetAsyncTask", key, new byte[0], timeout).status();
    if (status != 200 && status != 404) {
      throw new IOException("GetAsyncTask answered " + status);
    }
    return status == 200;
  }

  private Exchange.Reply send(
      String method,
      String path,
      String action,
      Key key,
      byte[] body,
      Duration timeout,
      String... how)
      throws IOException {
    String[] signed = Acs3Signature.headers(
        method, endpoint, path, action, body, key, clock.instant(), nonces.get());
    return Exchange.send(method, endpoint + path, body, timeout, signed, how);
  }

  private static String encoded(String function) {
    for (int i = 0; i < function.length(); i++) {
      char c = function.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && c != '_' && c != '-' && c != '$') {
        throw new IllegalArgumentException(
            "function name \"" + function + "\": letters, digits, _ and - expected");
      }
    }
    if (function.isEmpty() || function.length() > 193) {
      throw new IllegalArgumentException(
          "function name of " + function.length() + " characters: 1 to 64 expected");
    }
    return function.replace("$", "%24");
  }

  private static Supplier<String> randomNonces() {
    // no lambda: the first one of a process loads the machinery of them all
    return new Supplier<>() {
      private final SecureRandom random = new SecureRandom();

      @Override
      public String get() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return EventKey.digits(bytes);
      }
    };
  }
}
