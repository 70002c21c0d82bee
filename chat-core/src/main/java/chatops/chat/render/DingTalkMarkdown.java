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
  private static final int FIELD = 1000;
  private static final int FIELDS = 30;
  private static final int TEXT = 3000;
  private static final int CODE = 1500;
  private static final int BUTTONS = 5;

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
    for (Field field : message.fields().subList(0, Math.min(message.fields().size(), FIELDS))) {
      out.append("- **").append(escape(field.label())).append("**: ");
      out.append(escape(Cut.to(FIELD, field.value()))).append('\n');
    }
    if (!message.fields().isEmpty()) {
      out.append('\n');
    }
    if (!message.text().isEmpty()) {
      out.append(escape(Cut.to(TEXT, message.text()))).append("\n\n");
    }
    if (!message.code().isEmpty()) {
      // code blocks do not render reliably, quoted lines do
      out.append("> ")
          .append(escape(Cut.tail(CODE, message.code())).replace("\n", "\n> "))
          .append("\n\n");
    }
    if (!message.footer().isEmpty()) {
      out.append("*").append(escape(Cut.to(FIELD, message.footer()))).append("*\n\n");
    }
    for (String userId : userIds) {
      out.append('@').append(userId).append(' ');
    }
    return out.toString().stripTrailing();
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
