package chatops.fc2;

import chatops.chat.fc.Deadline;
import chatops.chat.fc.Endpoint;
import chatops.chat.fc.FunctionClient;
import chatops.chat.fc.TaskIds;
import com.aliyuncs.fc.client.FunctionComputeClient;
import com.aliyuncs.fc.config.Config;
import com.aliyuncs.fc.exceptions.ClientException;
import com.aliyuncs.fc.exceptions.ServerException;
import com.aliyuncs.fc.request.GetStatefulAsyncInvocationRequest;
import com.aliyuncs.fc.response.InvokeFunctionResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Invokes one function of an FC 2 service (API 2016-08-15) through {@code aliyun-java-sdk-fc}. Answers are told apart by
 * HTTP status, because the SDK loses error codes on newer Java; its own repetition of 5xx is switched off ({@link
 * SingleTry}). Immutable and thread-safe: every call has a client and keys of its own.
 */
public final class Fc2FunctionClient implements FunctionClient {
  private final Endpoint endpoint;
  private final String accountId;
  private final String region;
  private final String service;
  private final String function;
  private final Keys keys;
  private final Duration connectTimeout;
  private final Duration submitTimeout;

  /**
   * @param accountId and {@code region}: for the SDK's records, the endpoint decides where calls go
   * @param service name, or {@code name.qualifier}
   * @param connectTimeout longest wait for a connection; the SDK's own default is 60 s
   * @param submitTimeout longest wait for the answer to an asynchronous invocation; the SDK's own default is 603 s
   */
  public Fc2FunctionClient(
      Endpoint endpoint,
      String accountId,
      String region,
      String service,
      String function,
      Keys keys,
      Duration connectTimeout,
      Duration submitTimeout) {
    this.endpoint = endpoint;
    this.accountId = accountId.isEmpty() ? "0" : accountId;
    this.region = region.isEmpty() ? "cn-hangzhou" : region;
    this.service = named("EXECUTION_SERVICE", service);
    this.function = named("EXECUTION_FUNCTION", function);
    this.keys = keys;
    this.connectTimeout = connectTimeout;
    this.submitTimeout = submitTimeout;
  }

  @Override
  public Submission submit(byte[] message, String taskId, Duration delay, Duration timeout) {
    TaskIds.check(taskId);
    Key key = keys.current();
    Optional<Submission> refused = Submission.refused(message, key);
    if (refused.isPresent()) {
      return refused.get();
    }
    Duration limit = shorter(timeout, submitTimeout);
    long start = System.nanoTime();
    SingleTry request = new SingleTry(service, function);
    request.setInvocationType("Async");
    request.setStatefulAsyncInvocationId(taskId);
    request.setPayload(message);
    String seconds = TaskIds.seconds(delay);
    if (!seconds.isEmpty()) {
      request.setHeader("x-fc-async-delay", seconds);
    }
    Submission submission;
    try {
      InvokeFunctionResponse response =
          Deadline.within(limit, () -> client(key, limit).invokeFunction(request));
      submission = Submission.answered(response.getStatus(), response.getRequestId(), "");
    } catch (IOException failed) {
      submission = Refusal.of(failed, request)
          .map(
              refusal -> Submission.answered(refusal.status(), refusal.requestId(), refusal.code()))
          .orElseGet(() -> Submission.unanswered(failed));
    }
    boolean ambiguous =
        submission.detail().startsWith("400") && !submission.detail().endsWith(" EntityTooLarge");
    return ambiguous
        ? submission.as(asked(key, taskId, limit.minusNanos(System.nanoTime() - start)))
        : submission;
  }

  /** Of a refused call only the status comes back: the SDK keeps the body of an error to itself. */
  @Override
  public Answer invoke(byte[] message, Duration timeout) throws IOException {
    Key key = keys.current();
    if (key.accessKeyId().isEmpty()) {
      throw new IOException(NO_KEYS);
    }
    SingleTry request = new SingleTry(service, function);
    request.setInvocationType("Sync");
    request.setPayload(message);
    try {
      InvokeFunctionResponse response =
          Deadline.within(timeout, () -> client(key, timeout).invokeFunction(request));
      String error = Objects.requireNonNullElse(response.getHeader("X-Fc-Error-Type"), "");
      return new Answer(response.getStatus(), error, response.getPayload());
    } catch (IOException failed) {
      Refusal refusal = Refusal.of(failed, request).orElseThrow(() -> failed);
      return new Answer(refusal.status(), "", new byte[0]);
    }
  }

  /** A repeated task id is refused with 409 or, by an older manual, with 400, which may mean anything else as well. */
  private Receipt asked(Key key, String taskId, Duration left) {
    GetStatefulAsyncInvocationRequest question =
        new GetStatefulAsyncInvocationRequest(service, "", function, taskId);
    try {
      Deadline.within(left, () -> client(key, left).getStatefulAsyncInvocation(question));
      return Receipt.DUPLICATE;
    } catch (IOException failed) {
      boolean absent =
          failed.getCause() instanceof ClientException refused && refused.getStatusCode() == 404;
      return absent ? Receipt.REJECTED : Receipt.UNKNOWN;
    }
  }

  private FunctionComputeClient client(Key key, Duration limit) {
    boolean https = endpoint.scheme().equals("https");
    Config config = new Config(
            region, accountId, key.accessKeyId(), key.accessKeySecret(), token(key), https)
        .setEndpoint(endpoint.toString())
        .setConnectTimeoutMillis(millis(shorter(limit, connectTimeout)))
        .setReadTimeoutMillis(millis(limit));
    return new FunctionComputeClient(config);
  }

  private static String token(Key key) {
    return key.securityToken();
  }

  private static int millis(Duration duration) {
    return (int) Math.max(1, Math.min(duration.toMillis(), Integer.MAX_VALUE));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static String named(String variable, String name) {
    for (int i = 0; i < name.length(); i++) {
      if ("._-".indexOf(name.charAt(i)) < 0 && !isPlain(name.charAt(i))) {
        throw new IllegalArgumentException(
            variable + " is \"" + name + "\": letters, digits, _ and - expected");
      }
    }
    return name;
  }

  private static boolean isPlain(char c) {
    return c < 128 && Character.isLetterOrDigit(c);
  }

  /** What the SDK's two unrelated exceptions have in common. */
  private record Refusal(int status, String requestId, String code) {
    static Optional<Refusal> of(IOException failed, SingleTry request) {
      if (failed.getCause() instanceof ServerException server && server.getStatusCode() > 0) {
        return Optional.of(
            new Refusal(server.getStatusCode(), server.getRequestId(), server.getErrorCode()));
      }
      if (failed.getCause() instanceof ClientException client && client.getStatusCode() > 0) {
        String code = Objects.requireNonNullElse(client.getErrorCode(), "");
        boolean own = code.toLowerCase(Locale.ROOT).startsWith("sdk.");
        return Optional.of(
            new Refusal(client.getStatusCode(), client.getRequestId(), own ? "" : code));
      }
      return request.status().map(status -> new Refusal(status, "", ""));
    }
  }
}
