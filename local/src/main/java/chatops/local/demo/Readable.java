package chatops.local.demo;

import chatops.cloudsim.slack.SlackMessage;
import com.fasterxml.jackson.databind.JsonNode;

/** A Slack message as a person reads it: the words of its blocks, one line each, without the marks of the format. */
final class Readable {
  private Readable() {}

  static String of(SlackMessage message) {
    StringBuilder lines = new StringBuilder();
    for (JsonNode block : message.blocks()) {
      add(lines, block.path("text"));
      block.path("fields").forEach(field -> add(lines, field));
      for (JsonNode element : block.path("elements")) {
        if (element.path("type").asText().equals("button")) {
          lines.append("[ ").append(element.path("text").path("text").asText()).append(" ]  ");
        } else {
          add(lines, element);
        }
      }
      if (block.path("type").asText().equals("actions")) lines.append('\n');
    }
    return lines.isEmpty() ? plain(message.text()) : lines.toString().stripTrailing();
  }

  private static void add(StringBuilder lines, JsonNode text) {
    if (!text.has("text")) return;
    String words = text.path("text").asText();
    // a field's label stands on a line of its own, in bold
    String joined = words.startsWith("*") ? words.replaceFirst("\\*\n", ":* ") : words;
    lines.append(plain(joined)).append('\n');
  }

  private static String plain(String mrkdwn) {
    return mrkdwn
        .replace("*", "")
        .replace("`", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .strip();
  }
}
