package chatops.cloudsim.dingtalk;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One message a person sent to the robot, what went over the wire and what came back.
 *
 * @param status the app's HTTP status, 0 when there was none in time or nobody answered
 * @param shown the answer in the group, if the app gave one
 * @param headers as sent, so that tests can send the same request again
 */
public record Callback(
    URI url,
    List<Map.Entry<String, String>> headers,
    byte[] body,
    int status,
    String answer,
    Duration took,
    Optional<DingTalkMessage> shown) {}
