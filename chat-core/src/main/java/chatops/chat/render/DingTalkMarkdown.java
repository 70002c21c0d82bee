package chatops.chat.render;

import chatops.chat.render.Message.Button;
import chatops.chat.render.Message.Field;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * DingTalk's form of a message, for robots and {@code sessionWebhook}: {@code markdown}, or {@code actionCard} when there are
 * buttons (open.dingtalk.com, "Custom robot"; body at most 20 000 bytes). A card's buttons only open URLs, so an action becomes
 * the client's own link that sends its command as the clicker's message, which carries the clicker's identity.
 */
public final class DingTalkMarkdown {
  private static final int TITLE = 100;
  private static final int BUTTONS = 5;

  // bytes that parts may take in the body, so that all of it stays below 20 000 with room for
  // buttons
  private static final int FIELD = 800;
  private static final int FIELDS = 6500;
  private static final int TEXT = 4500;
  private static final int CODE = 2500;
  private static final int FOOTER = 500;

  private DingTalkMarkdown() {}

  /** @param userIds whom to mention; their ids must be in the text to be highlighted, so they are appended */
  public static Map<String, Object> render(Message message, List<String> userIds) {
    String title = Cut.to(TITLE, sign(message) + message.title());
    String text = text(message, title, userIds);
    List<Button> buttons = actionable(message.buttons());
    Map<String, Object> json = new LinkedHashMap<>();
    if (buttons.isEmpty()) {
      json.put("msgtype", "markdown");
      json.put("markdown", Map.of("title", title, "text", text));
    } else {
      json.put("msgtype", "actionCard");
      json.put("actionCard", card(title, text, buttons));
    }
    if (!userIds.isEmpty()) {
      json.put("at", Map.of("atUserIds", userIds, "isAtAll", false));
    }
    return json;
  }

  /** Text that is shown as it is: no heading, list, link, emphasis or mention of its own. */
  public static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\':
        case '*':
        case '_':
        case '[':
        case ']':
        case '<':
        case '>':
        case '#':
        case '!':
        case '`':
        case '|':
          out.append('\\').append(c);
          break;
        case '@':
          // the full-width sign mentions nobody
          out.append('＠');
          break;
        case '\n':
          out.append("  \n");
          break;
        default:
          out.append(c);
      }
    }
    return out.toString();
  }

  private static String text(Message message, String title, List<String> userIds) {
    StringBuilder out =
        new StringBuilder("#### ").append(escape(title.replace('\n', ' '))).append("\n\n");
    int left = FIELDS;
    for (Field field : message.fields()) {
      String label = head(FIELD / 4, field.label());
      String value = head(FIELD, field.value());
      left -= bytes(label) + bytes(value) + 8;
      if (left < 0) {
        out.append("- …\n");
        break;
      }
      out.append("- **")
          .append(escape(label))
          .append("**: ")
          .append(escape(value))
          .append('\n');
    }
    if (!message.fields().isEmpty()) {
      out.append('\n');
    }
    if (!message.text().isEmpty()) {
      out.append(escape(head(TEXT, message.text()))).append("\n\n");
    }
    if (!message.code().isEmpty()) {
      // code blocks do not render reliably, quoted lines do
      out.append("> ")
          .append(escape(tail(CODE, message.code())).replace("\n", "\n> "))
          .append("\n\n");
    }
    if (!message.footer().isEmpty()) {
      out.append("*").append(escape(head(FOOTER, message.footer()))).append("*\n\n");
    }
    for (String userId : userIds) {
      out.append('@').append(userId).append(' ');
    }
    return out.toString().stripTrailing();
  }

  private static String head(int bytes, String text) {
    int left = bytes;
    for (int i = 0; i < text.length(); i++) {
      left -= bytes(text.charAt(i));
      if (left < 0) {
        return Cut.to(Math.max(1, i), text);
      }
    }
    return text;
  }

  private static String tail(int bytes, String text) {
    int left = bytes;
    for (int i = text.length() - 1; i >= 0; i--) {
      left -= bytes(text.charAt(i));
      if (left < 0) {
        return Cut.tail(text.length() - i, text);
      }
    }
    return text;
  }

  private static int bytes(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      bytes += bytes(text.charAt(i));
    }
    return bytes;
  }

  /** The most a character takes once it is escaped for Markdown and for JSON. */
  private static int bytes(char c) {
    if (c > 127) {
      return 3;
    }
    return Character.isLetterOrDigit(c) || c == ' ' || c == '-' || c == '.' ? 1 : 8;
  }

  private static List<Button> actionable(List<Button> buttons) {
    List<Button> actionable = new ArrayList<>();
    for (Button button : buttons) {
      if ((!button.url().isEmpty() || !button.command().isEmpty()) && actionable.size() < BUTTONS) {
        actionable.add(button);
      }
    }
    return actionable;
  }

  private static Map<String, Object> card(String title, String text, List<Button> buttons) {
    List<Object> items = new ArrayList<>();
    for (Button button : buttons) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("title", button.label());
      item.put(
          "actionURL", button.command().isEmpty() ? page(button.url()) : said(button.command()));
      items.add(item);
    }
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("title", title);
    card.put("text", text);
    card.put("btnOrientation", buttons.size() == 2 ? "1" : "0");
    card.put("btns", items);
    return card;
  }

  private static String page(String url) {
    return "dingtalk://dingtalkclient/page/link?url=" + encode(url) + "&pc_slide=false";
  }

  private static String said(String command) {
    return "dtmd://dingtalkclient/sendMessage?content=" + encode(command);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String sign(Message message) {
    return message.mark().sign().isEmpty() ? "" : message.mark().sign() + " ";
  }
}
