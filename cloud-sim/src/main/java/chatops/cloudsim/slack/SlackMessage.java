package chatops.cloudsim.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A message as people in the channel see it.
 *
 * @param number rises with every new or changed message of the workspace, for pages that poll
 * @param ts the message's id within its channel
 * @param author a user's id, or the app's for what the app posted, or {@code slackbot}
 * @param blocks the Block Kit blocks, an empty array when there are none
 * @param onlyFor the one user who sees it, when it is ephemeral
 * @param edits how often it was changed since it was posted
 */
public record SlackMessage(
    long number,
    String ts,
    String channel,
    String author,
    String text,
    JsonNode blocks,
    Optional<String> onlyFor,
    Optional<String> threadTs,
    int edits,
    boolean deleted) {

  SlackMessage edited(long newNumber, String newText, JsonNode newBlocks) {
    return new SlackMessage(
        newNumber, ts, channel, author, newText, newBlocks, onlyFor, threadTs, edits + 1, deleted);
  }

  SlackMessage removed(long newNumber) {
    return new SlackMessage(
        newNumber,
        ts,
        channel,
        author,
        "",
        JsonNodeFactory.instance.arrayNode(),
        onlyFor,
        threadTs,
        edits,
        true);
  }

  static SlackMessage from(JsonNode json) {
    return new SlackMessage(
        json.path("number").asLong(),
        json.path("ts").asText(),
        json.path("channel").asText(),
        json.path("author").asText(),
        json.path("text").asText(),
        json.path("blocks"),
        Optional.ofNullable(json.get("onlyFor")).map(JsonNode::asText),
        Optional.ofNullable(json.get("threadTs")).map(JsonNode::asText),
        json.path("edits").asInt(),
        json.path("deleted").asBoolean());
  }

  /** For pages: the same fields as JSON. */
  public ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("number", number)
        .put("ts", ts)
        .put("channel", channel)
        .put("author", author)
        .put("text", text);
    node.set("blocks", blocks);
    onlyFor.ifPresent(user -> node.put("onlyFor", user));
    threadTs.ifPresent(thread -> node.put("threadTs", thread));
    return node.put("edits", edits).put("deleted", deleted);
  }
}
