package chatops.chat.render;

import chatops.chat.render.Message.Button;
import chatops.chat.render.Message.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Slack's form of a message: Block Kit within its limits (50 blocks, section 3000 characters, 10 fields of 2000, 25 buttons of
 * 75; docs.slack.dev, "Block Kit reference"), with {@code text} for notifications and screen readers.
 */
public final class SlackBlocks {
  private static final int TITLE = 300;
  private static final int SECTION = 3000;

  /** Characters of output that a message shows at most; of more the end is kept. */
  public static final int CODE = SECTION - 8;

  private static final int SECTIONS = 8;
  private static final int FIELD = 2000;
  private static final int FIELDS_PER_BLOCK = 10;
  private static final int FIELD_BLOCKS = 3;
  private static final int BUTTONS = 25;
  private static final int BUTTON_TEXT = 75;
  private static final int CONFIRM = 300;
  private static final int NOTIFICATION = 3900;
  private static final int MENTIONS = 20;

  private SlackBlocks() {}

  /** {@code text} and {@code blocks}; the caller adds {@code response_type}, {@code channel} and the like. */
  public static Map<String, Object> render(Message message) {
    Map<String, Object> json = new LinkedHashMap<>();
    String title = sign(message) + message.title();
    json.put("text", escape(Cut.to(NOTIFICATION / 5, plain(title, message.text()))));
    List<Object> blocks = new ArrayList<>();
    blocks.add(section("*" + bold(Cut.to(TITLE, title)) + "*"));
    fields(message.fields(), blocks);
    text(message.text(), blocks);
    if (!message.code().isEmpty()) {
      blocks.add(section("```" + fitTail(CODE, message.code()) + "```"));
    }
    buttons(message.buttons(), blocks);
    if (!message.mentions().isEmpty()) {
      blocks.add(section(mentions(message.mentions())));
    }
    if (!message.footer().isEmpty()) {
      blocks.add(context(fit(FIELD, message.footer())));
    }
    json.put("blocks", blocks);
    return json;
  }

  /** Text that can mention nobody, hide no link and end no code span. */
  public static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&':
          out.append("&amp;");
          break;
        case '<':
          out.append("&lt;");
          break;
        case '>':
          out.append("&gt;");
          break;
        case '`':
          // looks alike, and ends no code span
          out.append('ˋ');
          break;
        default:
          out.append(c);
      }
    }
    return out.toString();
  }

  /** Only ids of Slack's own form: nothing else may stand between angle brackets. */
  private static String mentions(List<String> people) {
    StringBuilder out = new StringBuilder();
    for (String id : people.subList(0, Math.min(people.size(), MENTIONS))) {
      boolean isPlain = !id.isEmpty();
      for (int i = 0; i < id.length(); i++) {
        char c = id.charAt(i);
        isPlain = isPlain && (c >= 'A' && c <= 'Z' || c >= '0' && c <= '9');
      }
      if (isPlain) {
        out.append(out.length() == 0 ? "<@" : " <@").append(id).append('>');
      }
    }
    return out.length() == 0 ? " " : out.toString();
  }

  private static void fields(List<Field> fields, List<Object> blocks) {
    int most = Math.min(fields.size(), FIELDS_PER_BLOCK * FIELD_BLOCKS);
    for (int from = 0; from < most; from += FIELDS_PER_BLOCK) {
      List<Object> cells = new ArrayList<>();
      for (Field field : fields.subList(from, Math.min(from + FIELDS_PER_BLOCK, most))) {
        String label = "*" + bold(Cut.to(100, field.label())) + "*\n";
        cells.add(mrkdwn(label + fit(FIELD - label.length(), field.value())));
      }
      Map<String, Object> block = new LinkedHashMap<>();
      block.put("type", "section");
      block.put("fields", cells);
      blocks.add(block);
    }
  }

  private static void text(String text, List<Object> blocks) {
    int start = 0;
    for (int i = 0; i < SECTIONS && start < text.length(); i++) {
      int end = end(text, start, SECTION - 2);
      String escaped = escape(text.substring(start, end).stripTrailing());
      boolean cut = i == SECTIONS - 1 && end < text.length();
      if (!escaped.isBlank()) {
        blocks.add(section(cut ? escaped + "\n…" : escaped));
      }
      start = end;
    }
  }

  /** Where a part ends that is at most {@code limit} long once escaped: after a line if it can, never within a character. */
  private static int end(String text, int start, int limit) {
    int length = 0;
    int newline = -1;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      length += c == '&' ? 5 : c == '<' || c == '>' ? 4 : 1;
      if (length > limit) {
        if (newline >= 0) {
          return newline + 1;
        }
        return Character.isHighSurrogate(text.charAt(i - 1)) ? i - 1 : i;
      }
      newline = c == '\n' ? i : newline;
    }
    return text.length();
  }

  private static void buttons(List<Button> buttons, List<Object> blocks) {
    if (buttons.isEmpty()) {
      return;
    }
    List<Object> elements = new ArrayList<>();
    for (Button button : buttons.subList(0, Math.min(buttons.size(), BUTTONS))) {
      elements.add(button(button, elements.size()));
    }
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("type", "actions");
    block.put("elements", elements);
    blocks.add(block);
  }

  private static Map<String, Object> button(Button button, int place) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", "button");
    json.put("text", plainText(Cut.to(BUTTON_TEXT, button.label())));
    // action ids are unique within a message, and two links would share one
    json.put("action_id", button.url().isEmpty() ? button.id() : button.id() + "-" + place);
    if (!button.url().isEmpty()) {
      json.put("url", button.url());
    } else {
      json.put("value", button.value());
    }
    if (button.style() != Message.Style.PLAIN) {
      json.put("style", button.style() == Message.Style.PRIMARY ? "primary" : "danger");
    }
    if (!button.confirm().isEmpty()) {
      Map<String, Object> confirm = new LinkedHashMap<>();
      confirm.put("title", plainText(Cut.to(BUTTON_TEXT, button.label())));
      confirm.put("text", plainText(Cut.to(CONFIRM, button.confirm())));
      confirm.put("confirm", plainText(Cut.to(30, button.label())));
      confirm.put("deny", plainText("✕"));
      json.put("confirm", confirm);
    }
    return json;
  }

  private static String plain(String title, String text) {
    return text.isEmpty() ? title : title + "\n" + text;
  }

  private static String sign(Message message) {
    return message.mark().sign().isEmpty() ? "" : message.mark().sign() + " ";
  }

  /** Escaped and without what would end the bold. */
  private static String bold(String text) {
    return escape(text).replace('*', '∗').replace('\n', ' ');
  }

  private static String fit(int limit, String text) {
    String escaped = escape(text);
    return escaped.length() <= limit ? escaped : escape(Cut.to(limit / 5, text));
  }

  private static String fitTail(int limit, String text) {
    String escaped = escape(text);
    if (escaped.length() <= limit) {
      return escaped;
    }
    String cut = escape(Cut.tail(limit, text));
    return cut.length() <= limit ? cut : escape(Cut.tail(limit / 5, text));
  }

  private static Map<String, Object> section(String mrkdwn) {
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("type", "section");
    block.put("text", mrkdwn(mrkdwn));
    return block;
  }

  private static Map<String, Object> context(String mrkdwn) {
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("type", "context");
    block.put("elements", List.of(mrkdwn(mrkdwn)));
    return block;
  }

  private static Map<String, Object> mrkdwn(String text) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", "mrkdwn");
    // an empty text object is refused as invalid_blocks
    json.put("text", text.isEmpty() ? "–" : text);
    // else Slack looks for names and addresses in it, and a value could call a whole channel
    json.put("verbatim", true);
    return json;
  }

  private static Map<String, Object> plainText(String text) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", "plain_text");
    json.put("text", text);
    return json;
  }
}
