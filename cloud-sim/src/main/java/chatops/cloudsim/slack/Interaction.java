package chatops.cloudsim.slack;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing a person did, what was sent for it and what came back.
 *
 * @param status the app's HTTP status, 0 when there was none in time or nobody answered
 * @param answer the app's body
 * @param shown what Slack then shows in the channel, if anything
 * @param headers as sent, signature included, so that tests can send the same request again
 */
public record Interaction(
    URI url,
    List<Map.Entry<String, String>> headers,
    byte[] body,
    int status,
    String answer,
    Duration took,
    Optional<SlackMessage> shown) {}
