package chatops.cloudsim.dingtalk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * An interactive card as it stands in a conversation.
 *
 * @param name what its maker calls it: {@code outTrackId}
 * @param route where presses are told: {@code callbackRouteKey}
 * @param values of its template's variables
 * @param own values that one person each sees instead, by user id
 * @param edits how often it was changed
 */
public record DingTalkCard(
    String name,
    Instant time,
    String conversation,
    String template,
    String route,
    ObjectNode values,
    ObjectNode own,
    int edits) {

  /** What a person sees for a variable of the template. */
  public String value(String user, String variable) {
    JsonNode mine = own.path(user).path(variable);
    return mine.isMissingNode() ? values.path(variable).asText() : mine.asText();
  }

  DingTalkCard changed(ObjectNode newValues, ObjectNode newOwn) {
    return new DingTalkCard(
        name, time, conversation, template, route, newValues, newOwn, edits + 1);
  }

  static DingTalkCard from(JsonNode json) {
    return new DingTalkCard(
        json.path("name").asText(),
        Instant.parse(json.path("time").asText()),
        json.path("conversation").asText(),
        json.path("template").asText(),
        json.path("route").asText(),
        json.withObjectProperty("values"),
        json.withObjectProperty("own"),
        json.path("edits").asInt());
  }

  /** For pages: the card as JSON. */
  public ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance
        .objectNode()
        .put("name", name)
        .put("time", time.toString())
        .put("conversation", conversation)
        .put("template", template)
        .put("route", route);
    node.set("values", values);
    node.set("own", own);
    return node.put("edits", edits);
  }
}
