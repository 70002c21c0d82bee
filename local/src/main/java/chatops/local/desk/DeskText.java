package chatops.local.desk;

import chatops.chat.Language;
import chatops.chat.command.Mistake;
import chatops.chat.render.Message.Mark;
import chatops.chat.text.Texts;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Answers as a terminal shows them. */
final class DeskText {
  private DeskText() {}

  /** The words of a message's blocks, one line each, without the marks of the chat's format. */
  static String of(JsonNode message) {
    StringBuilder lines = new StringBuilder();
    for (JsonNode block : message.path("blocks")) {
      add(lines, block.path("text"));
      block.path("fields").forEach(field -> add(lines, field));
      for (JsonNode element : block.path("elements")) {
        if (!element.path("type").asText().equals("button")) {
          add(lines, element);
        }
      }
    }
    return lines.isEmpty() ? plain(message.path("text").asText()) + "\n" : lines.toString();
  }

  /** Whether the answer says that nothing was done. */
  static boolean isRefusal(JsonNode message) {
    String text = message.path("text").asText();
    return text.startsWith(Mark.REFUSED.sign()) || text.startsWith(Mark.FAILED.sign());
  }

  static String accepted(String executionId) {
    return "accepted, no answer yet: ./chatops oos show " + executionId + "\n";
  }

  static String mistake(Mistake mistake, Language language) {
    Texts texts = new Texts();
    String kind = mistake.kind().name().toLowerCase(Locale.ROOT);
    String text = texts.say(language, "front.mistake." + kind, mistake.found()) + "\n";
    if (!mistake.nearest().isEmpty()) {
      text += texts.say(language, "front.mistake.nearest", mistake.nearest()) + "\n";
    }
    return mistake.how().isEmpty()
        ? text
        : text + texts.say(language, "front.mistake.how", mistake.how()) + "\n";
  }

  private static void add(StringBuilder lines, JsonNode text) {
    if (text.has("text")) {
      // a field's label stands on a line of its own, in bold
      lines
          .append(plain(text.path("text").asText().replaceFirst("\\*\n", ":* ")))
          .append('\n');
    }
  }

  private static String plain(String mrkdwn) {
    return mrkdwn
        .replaceAll("^\\*|\\*$", "")
        .replace(":*", ":")
        .replace("```", "")
        // the look-alikes that keep a title bold and a code span closed in Slack
        .replace('∗', '*')
        .replace('ˋ', '`')
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .strip();
  }
}
