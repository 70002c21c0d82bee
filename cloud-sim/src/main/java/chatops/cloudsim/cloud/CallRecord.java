package chatops.cloudsim.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * One line of the call log. Parameters are masked.
 *
 * @param caller the caller's arn, or {@code unverified} when the request was refused before anybody was known
 * @param code {@code OK} or the error code
 * @param latency how long the simulator worked on it, in real time
 */
public record CallRecord(
    long number,
    Instant time,
    String caller,
    String service,
    String api,
    String region,
    Map<String, String> parameters,
    int status,
    String code,
    String requestId,
    Duration latency) {}
