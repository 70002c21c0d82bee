package chatops.cloudsim.fc;

import java.util.Optional;

/**
 * The answer to an accepted invocation.
 *
 * @param status 202 for an accepted event, 200 for a finished synchronous call, also when the function failed
 * @param errorType {@code X-Fc-Error-Type} when the function failed
 */
public record InvocationResult(
    int status,
    String requestId,
    Optional<String> taskId,
    Optional<String> errorType,
    byte[] payload) {}
