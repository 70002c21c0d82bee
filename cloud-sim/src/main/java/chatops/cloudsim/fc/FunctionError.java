package chatops.cloudsim.fc;

import java.util.Optional;

/** Tells whether a custom runtime's answer means that the function failed (page "Custom Runtime: event functions"). */
final class FunctionError {
  static final String UNHANDLED = "UnhandledInvocationError";
  static final String HANDLED = "HandledInvocationError";

  private FunctionError() {}

  /** A status of {@code x-fc-status} other than 200 or an HTTP error is a failure; the former is one the runtime handled. */
  static Optional<String> of(FunctionRuntime.Reply reply) {
    String status = reply.header("x-fc-status");
    if (!status.isEmpty() && !status.equals("200")) {
      return Optional.of(HANDLED);
    }
    return reply.status() >= 400 ? Optional.of(UNHANDLED) : Optional.empty();
  }
}
