package chatops.chat.render;

import java.util.ArrayList;
import java.util.List;

/**
 * What we say in a chat, before it has a platform's form. Values are plain text: renderers escape them, so that a name
 * from the cloud can mention nobody and hide no link.
 *
 * @param title one line
 * @param mark how it stands, shown as a sign before the title
 * @param fields short facts, in order
 * @param text what there is to say beyond them; lines separated by {@code \n}; may be empty
 * @param code output to show in fixed width, may be empty
 * @param buttons actions and links, in order
 * @param footer small print, such as the execution id; may be empty
 * @param mentions ids of people on the platform whom it is about: they are notified
 */
public record Message(
    String title,
    Mark mark,
    List<Field> fields,
    String text,
    String code,
    List<Button> buttons,
    String footer,
    List<String> mentions) {
  /** How it stands. */
  public enum Mark {
    NONE(""),
    ACCEPTED("📨"),
    RUNNING("⏳"),
    WAITING("✋"),
    SUCCESS("✅"),
    FAILED("❌"),
    CANCELLED("🚫"),
    REFUSED("⛔"),
    NOTE("ℹ️"),
    UNSURE("❔");

    private final String sign;

    Mark(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }
  }

  /** A short fact. */
  public record Field(String label, String value) {}

  /** How a button looks. */
  public enum Style {
    PLAIN,
    PRIMARY,
    DANGER
  }

  /**
   * @param id what pressing it means: {@code approve}, {@code reject} or {@code open}
   * @param value opaque, see {@link chatops.chat.handover.ApprovalRef}; empty for links
   * @param url where a link leads; empty for actions
   * @param command what pressing it types where a platform's buttons can only do that (DingTalk); may be empty
   * @param confirm question asked before it counts, empty for none: guards a slip, proves nothing
   */
  public record Button(
      String id,
      String label,
      Style style,
      String value,
      String url,
      String command,
      String confirm) {
    public static Button link(String label, String url) {
      return new Button("open", label, Style.PLAIN, "", url, "", "");
    }
  }

  public Message {
    fields = List.copyOf(fields);
    buttons = List.copyOf(buttons);
    mentions = List.copyOf(mentions);
  }

  /** Without anybody to notify. */
  public Message(
      String title,
      Mark mark,
      List<Field> fields,
      String text,
      String code,
      List<Button> buttons,
      String footer) {
    this(title, mark, fields, text, code, buttons, footer, List.of());
  }

  /** A message of a title only; the {@code with…} methods add the rest. */
  public static Message of(Mark mark, String title) {
    return new Message(title, mark, List.of(), "", "", List.of(), "");
  }

  public Message withField(String label, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(label, value));
    return new Message(title, mark, more, text, code, buttons, footer, mentions);
  }

  public Message withText(String text) {
    return new Message(title, mark, fields, text, code, buttons, footer, mentions);
  }

  public Message withCode(String code) {
    return new Message(title, mark, fields, text, code, buttons, footer, mentions);
  }

  public Message withButton(Button button) {
    List<Button> more = new ArrayList<>(buttons);
    more.add(button);
    return new Message(title, mark, fields, text, code, more, footer, mentions);
  }

  public Message withFooter(String footer) {
    return new Message(title, mark, fields, text, code, buttons, footer, mentions);
  }

  public Message withFields(List<Field> fields) {
    return new Message(title, mark, fields, text, code, buttons, footer, mentions);
  }

  public Message withButtons(List<Button> buttons) {
    return new Message(title, mark, fields, text, code, buttons, footer, mentions);
  }

  public Message withMentions(List<String> people) {
    return new Message(title, mark, fields, text, code, buttons, footer, people);
  }
}
