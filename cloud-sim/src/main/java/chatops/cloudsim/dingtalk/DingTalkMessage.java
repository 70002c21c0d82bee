package chatops.cloudsim.dingtalk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message as people in the group see it.
 *
 * @param number rises with every message, for pages that poll
 * @param author a staff id, {@code robot} for the application robot, or the custom robot's name
 * @param payload the whole message body, {@code msgtype} and {@code at} included
 */
public record DingTalkMessage(
    long number, Instant time, String group, String author, JsonNode payload) {
  private static final Pattern LINK = Pattern.compile("(?:https?|dtmd|dingtalk)://[^\\s)\\]\"<>]+");

  public String type() {
    return payload.path("msgtype").asText();
  }

  /** What is to be read: the content of a text, title and text of the richer kinds. */
  public String text() {
    JsonNode body = payload.path(type());
    if (type().equals("text")) {
      return body.path("content").asText();
    }
    return (body.path("title").asText() + "\n" + body.path("text").asText()).strip();
  }

  /** The mobiles and user ids that are really highlighted: named under {@code at} and written in the text with an {@code @}. */
  public List<String> mentioned() {
    List<String> mentioned = new ArrayList<>();
    for (String field : List.of("atMobiles", "atUserIds")) {
      for (JsonNode who : payload.path("at").path(field)) {
        if (text().contains("@" + who.asText())) {
          mentioned.add(who.asText());
        }
      }
    }
    return mentioned;
  }

  public boolean mentionsAll() {
    return payload.path("at").path("isAtAll").asBoolean();
  }

  /** The links in the text and on the buttons, in order. */
  public List<String> links() {
    List<String> links = new ArrayList<>();
    Matcher matcher = LINK.matcher(text());
    while (matcher.find()) {
      links.add(matcher.group());
    }
    JsonNode card = payload.path("actionCard");
    if (card.has("singleURL")) {
      links.add(card.path("singleURL").asText());
    }
    card.path("btns").forEach(button -> links.add(button.path("actionURL").asText()));
    if (payload.path("link").has("messageUrl")) {
      links.add(payload.path("link").path("messageUrl").asText());
    }
    return links;
  }

  static DingTalkMessage from(JsonNode json) {
    return new DingTalkMessage(
        json.path("number").asLong(),
        Instant.parse(json.path("time").asText()),
        json.path("group").asText(),
        json.path("author").asText(),
        json.path("payload"));
  }

  /** For pages: the message as JSON. */
  public ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("number", number)
        .put("time", time.toString())
        .put("group", group)
        .put("author", author);
    node.set("payload", payload);
    return node;
  }
}
