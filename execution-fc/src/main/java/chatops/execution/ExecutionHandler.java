package chatops.execution;

import chatops.chat.fc.FunctionClient;
import com.aliyun.fc.runtime.Context;
import com.aliyun.fc.runtime.FunctionInitializer;
import com.aliyun.fc.runtime.FunctionParam;
import com.aliyun.fc.runtime.PreStopHandler;
import com.aliyun.fc.runtime.StreamRequestHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The Execution function: takes hand-overs, wake-ups, timer events and failure destinations, told apart by their shape. Several
 * can live in one process with different environments. Thread-safe.
 */
public final class ExecutionHandler
    implements StreamRequestHandler, FunctionInitializer, PreStopHandler {
  /** The answer to an event that failed inside, where a repetition would not help: told, or left to the next sweep. */
  public static final String FAILED = "{\"error\":\"it failed inside; the log says where\"}";

  /** Function Compute takes 128 KB asynchronously; a failure destination's event wraps that once more. */
  private static final int LARGEST_EVENT = 1024 * 1024;

  /** Without a limit in the context, as on a laptop. */
  private static final Duration USUAL_LIMIT = Duration.ofMinutes(10);

  /** What is left for the last commit, answer and wake-up. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  private final Wiring wiring;

  /** Reads the process's environment, and prepares for the first event at once. */
  public ExecutionHandler() {
    this(System.getenv());
    wiring.prepare();
  }

  /** @throws chatops.execution.config.ConfigurationFileException naming everything that is missing or wrong */
  public ExecutionHandler(Map<String, String> environment) {
    this.wiring = new Wiring(Deployment.of(environment), null);
  }

  /**
   * For a host that has a queue of its own.
   *
   * @param self takes what Execution asks to be woken with
   */
  public ExecutionHandler(Map<String, String> environment, FunctionClient self) {
    this.wiring = new Wiring(Deployment.of(environment), self);
  }

  @Override
  public void initialize(Context context) {
    wiring.role().offer(context.getExecutionCredentials());
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    wiring.role().offer(context.getExecutionCredentials());
    byte[] bytes = input.readNBytes(LARGEST_EVENT + 1);
    Event event = bytes.length > LARGEST_EVENT
        ? new Event.Unknown("the event is larger than " + LARGEST_EVENT + " bytes")
        : Event.of(bytes, wiring.seal());
    output.write(wiring.inbox().take(event, deadline(context)));
  }

  @Override
  public void preStop(Context context) {
    wiring.close();
  }

  /** When a sweep of this process last ended; empty where none has. For a host that watches it. */
  public Optional<Instant> lastSweep() {
    return wiring.sweeping().ended();
  }

  /** Executions whose trails the newest anchor left out, because their rows cannot be read; for a host that watches them. */
  public int unreadTrails() {
    return wiring.sweeping().unread();
  }

  private Instant deadline(Context context) {
    FunctionParam parameters = context.getFunctionParam();
    int limit = parameters == null ? 0 : parameters.getExecTimeLimitInMillis();
    Duration time = limit > 0 ? Duration.ofMillis(limit) : USUAL_LIMIT;
    Duration margin = time.dividedBy(4).compareTo(MARGIN) < 0 ? time.dividedBy(4) : MARGIN;
    return wiring.clock().instant().plus(time).minus(margin);
  }
}
