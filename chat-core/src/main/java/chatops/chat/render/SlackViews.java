package chatops.chat.render;

import chatops.chat.Language;
import chatops.chat.command.Targets;
import chatops.chat.form.Entry;
import chatops.chat.form.FormField;
import chatops.chat.form.FormField.Kind;
import chatops.chat.form.FormWording;
import chatops.chat.form.TemplateForm;
import chatops.chat.text.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Slack's modals within their limits (docs.slack.dev, "Modal views" and "Block Kit reference": title and buttons 24 characters, 100
 * blocks, labels and hints 2000, inputs 3000, selects 100 options of 75 with values of 150, metadata 3000). Thread-safe.
 */
public final class SlackViews {
  /** {@code callback_id} of the form of a command. */
  public static final String FORM = "chatops-form";

  /** {@code callback_id} of the view that asks which template to run. */
  public static final String CHOICE = "chatops-choice";

  /** {@code callback_id} of views that only say something. */
  public static final String SAID = "chatops-said";

  /** Before a parameter's name in a {@code block_id}. */
  public static final String PARAMETER = "p:";

  /** {@code action_id} of every input. */
  public static final String INPUT = "v";

  /** {@code block_id} of the channel that a run from a shortcut answers to. */
  public static final String CHANNEL = "channel";

  /** {@code block_id} of the template to run, chosen; {@link #OTHER} is typed. */
  public static final String TEMPLATE = "template";

  public static final String OTHER = "other";

  /** Bytes of {@code private_metadata} that Slack takes. */
  public static final int METADATA = 3000;

  private static final int TITLE = 24;
  private static final int BLOCKS = 100;
  private static final int TEXT = 2000;
  private static final int SECTION = 2900;
  private static final int INPUT_CHARACTERS = 3000;
  private static final int PLACEHOLDER = 150;
  private static final int OPTIONS = 100;
  private static final int OPTION_TEXT = 75;
  private static final int OPTION_VALUE = 150;

  private final Texts texts;
  private final FormWording wording;

  public SlackViews(Texts texts) {
    this.texts = texts;
    this.wording = new FormWording(texts);
  }

  /**
   * The form of a command.
   *
   * @param command such as {@code /oos run ECS-StartInstances}
   * @param given values the person gave already, as {@code name=value} says them; secret ones are not offered again
   * @param wrong what is wrong with them, one line each
   * @param regions what a region may be
   * @param metadata comes back with the submission
   */
  public Map<String, Object> form(
      Language language,
      String command,
      TemplateForm form,
      Map<FormField, String> given,
      List<String> wrong,
      List<String> regions,
      String metadata) {
    List<Object> blocks = new ArrayList<>();
    String about = form.about(language);
    blocks.add(section("*" + SlackBlocks.escape(Cut.to(200, command)) + "*"
        + (about.isEmpty() ? "" : "\n" + SlackBlocks.escape(Cut.to(SECTION / 6, about)))));
    if (!wrong.isEmpty()) {
      StringBuilder lines = new StringBuilder();
      for (String line : wrong) {
        lines.append(lines.length() == 0 ? "" : "\n").append("⚠️ ").append(line);
      }
      blocks.add(section(SlackBlocks.escape(Cut.to(SECTION / 5, lines.toString()))));
    }
    int left = BLOCKS - blocks.size() - 1;
    int hidden = 0;
    for (FormField field : ordered(form.fields(), given)) {
      if (left-- > 0) {
        blocks.add(input(language, field, given.get(field), regions));
      } else {
        hidden++;
      }
    }
    if (hidden > 0) {
      blocks.add(context(texts.say(language, "form.more", hidden)));
    }
    Map<String, Object> view = view(FORM, texts.say(language, "form.title"), language, blocks);
    view.put("submit", plain(TITLE, texts.say(language, "form.run")));
    view.put("private_metadata", metadata);
    return view;
  }

  /** What must be answered stands first, so that it is never among what a long form leaves out. */
  private static List<FormField> ordered(List<FormField> fields, Map<FormField, String> given) {
    List<FormField> ordered = new ArrayList<>();
    for (FormField field : fields) {
      if (field.required() || given.containsKey(field)) {
        ordered.add(field);
      }
    }
    for (FormField field : fields) {
      if (!ordered.contains(field)) {
        ordered.add(field);
      }
    }
    return ordered;
  }

  /**
   * Asks which template to run, and where to answer.
   *
   * @param templates to choose from; more than a select takes are asked for while the person types
   * @param asksChannel whether the channel is not known yet, as from a shortcut
   */
  public Map<String, Object> choice(
      Language language, List<String> templates, boolean asksChannel, String metadata) {
    List<Object> blocks = new ArrayList<>();
    if (asksChannel) {
      blocks.add(channel(language));
    }
    if (!templates.isEmpty()) {
      Map<String, Object> select = new LinkedHashMap<>();
      boolean fits = templates.size() <= OPTIONS;
      select.put("type", fits ? "static_select" : "external_select");
      select.put("action_id", INPUT);
      if (fits) {
        select.put("options", options(templates));
      } else {
        select.put("min_query_length", 0L);
      }
      blocks.add(input(TEMPLATE, true, texts.say(language, "form.template"), "", select));
    }
    Map<String, Object> other = textInput(false);
    blocks.add(input(
        OTHER,
        true,
        texts.say(language, templates.isEmpty() ? "form.template" : "form.other"),
        "",
        other));
    Map<String, Object> view = view(CHOICE, texts.say(language, "form.choose"), language, blocks);
    view.put("submit", plain(TITLE, texts.say(language, "form.next")));
    view.put("private_metadata", metadata);
    return view;
  }

  private Map<String, Object> channel(Language language) {
    Map<String, Object> select = new LinkedHashMap<>();
    select.put("type", "conversations_select");
    select.put("action_id", INPUT);
    select.put("default_to_current_conversation", true);
    // brings a response_url for the channel, which works where the bot is no member
    select.put("response_url_enabled", true);
    Map<String, Object> filter = new LinkedHashMap<>();
    filter.put("include", List.of("public", "private"));
    filter.put("exclude_bot_users", true);
    select.put("filter", filter);
    return input(
        CHANNEL,
        false,
        texts.say(language, "form.channel"),
        texts.say(language, "form.channel.hint"),
        select);
  }

  /**
   * Says something, and asks nothing.
   *
   * @param closes whether the person is done here, which the button says
   */
  public Map<String, Object> said(Language language, Message message, boolean closes) {
    List<Object> blocks = new ArrayList<>();
    String sign = message.mark().sign().isEmpty() ? "" : message.mark().sign() + " ";
    blocks.add(section("*"
        + SlackBlocks.escape(Cut.to(SECTION / 6, sign + message.title())).replace('*', '∗') + "*"));
    if (!message.text().isEmpty()) {
      blocks.add(section(SlackBlocks.escape(Cut.to(SECTION / 5, message.text()))));
    }
    if (!message.footer().isEmpty()) {
      blocks.add(context(message.footer()));
    }
    Map<String, Object> view = view(SAID, texts.say(language, "form.title"), language, blocks);
    if (closes) {
      view.put("close", plain(TITLE, texts.say(language, "form.done")));
    }
    return view;
  }

  private Map<String, Object> input(
      Language language,
      FormField field,
      @org.jspecify.annotations.Nullable String given,
      List<String> regions) {
    String typed = given == null || field.secret() ? "" : Entry.toTyped(field, given);
    if (typed.isEmpty() && !field.secret()) {
      typed = Entry.toTyped(field, field.initial());
    }
    String label = field.title(language);
    if (!label.equals(field.name())) {
      label = label + " (" + field.name() + ")";
    }
    return input(
        PARAMETER + field.name(),
        !field.required(),
        label,
        wording.hint(language, field),
        element(field, typed, regions));
  }

  private static Map<String, Object> element(FormField field, String typed, List<String> regions) {
    List<String> choices = choices(field, regions);
    if (isSelectable(choices)) {
      return field.kind() == Kind.LIST ? selectMany(choices, typed) : selectOne(choices, typed);
    }
    if (field.kind() == Kind.NUMBER) {
      return number(field, typed);
    }
    boolean isLong = field.kind() == Kind.LINES
        || field.kind() == Kind.JSON
        || field.kind() == Kind.LIST
        || typed.indexOf('\n') >= 0;
    Map<String, Object> element = textInput(isLong);
    if (!typed.isEmpty() && typed.length() <= INPUT_CHARACTERS) {
      element.put("initial_value", typed);
    }
    Integer most = field.most();
    if (most != null && most >= 1 && most < INPUT_CHARACTERS && field.kind() != Kind.LIST) {
      element.put("max_length", Long.valueOf(most));
    }
    String example =
        field.kind() == Kind.TARGETS ? Targets.HOW : field.kind() == Kind.RATE ? "10, 20%" : "";
    if (!example.isEmpty()) {
      element.put("placeholder", plain(PLACEHOLDER, example));
    }
    return element;
  }

  private static List<String> choices(FormField field, List<String> regions) {
    if (!field.choices().isEmpty()) {
      return field.choices();
    }
    switch (field.kind()) {
      case FLAG:
        return List.of("true", "false");
      case REGION:
        return regions;
      default:
        return List.of();
    }
  }

  private static boolean isSelectable(List<String> choices) {
    for (String choice : choices) {
      if (choice.isBlank() || choice.length() > OPTION_VALUE) {
        return false;
      }
    }
    return !choices.isEmpty() && choices.size() <= OPTIONS;
  }

  private static Map<String, Object> selectOne(List<String> choices, String typed) {
    Map<String, Object> element = new LinkedHashMap<>();
    element.put("type", "static_select");
    element.put("action_id", INPUT);
    element.put("options", options(choices));
    for (String choice : choices) {
      if (choice.equals(typed)) {
        element.put("initial_option", option(choice));
        break;
      }
    }
    return element;
  }

  private static Map<String, Object> selectMany(List<String> choices, String typed) {
    Map<String, Object> element = new LinkedHashMap<>();
    element.put("type", "multi_static_select");
    element.put("action_id", INPUT);
    element.put("options", options(choices));
    List<Object> initial = new ArrayList<>();
    for (String line : typed.split("\n", -1)) {
      if (choices.contains(line)) {
        initial.add(option(line));
      }
    }
    if (!initial.isEmpty()) {
      element.put("initial_options", initial);
    }
    return element;
  }

  private static Map<String, Object> number(FormField field, String typed) {
    Map<String, Object> element = new LinkedHashMap<>();
    element.put("type", "number_input");
    element.put("action_id", INPUT);
    element.put("is_decimal_allowed", true);
    if (!typed.isEmpty()) {
      element.put("initial_value", typed);
    }
    return element;
  }

  private static Map<String, Object> textInput(boolean isLong) {
    Map<String, Object> element = new LinkedHashMap<>();
    element.put("type", "plain_text_input");
    element.put("action_id", INPUT);
    if (isLong) {
      element.put("multiline", true);
    }
    return element;
  }

  private static List<Object> options(List<String> choices) {
    List<Object> options = new ArrayList<>();
    for (String choice : choices) {
      options.add(option(choice));
    }
    return options;
  }

  /** One option of a select; the answer to what a person types into one is made of them, too. */
  public static Map<String, Object> option(String choice) {
    Map<String, Object> option = new LinkedHashMap<>();
    option.put("text", plain(OPTION_TEXT, choice));
    option.put("value", choice);
    return option;
  }

  private static Map<String, Object> input(
      String block, boolean optional, String label, String hint, Map<String, Object> element) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", "input");
    json.put("block_id", block);
    json.put("optional", optional);
    json.put("label", plain(TEXT, label));
    if (!hint.isEmpty()) {
      json.put("hint", plain(TEXT, hint));
    }
    json.put("element", element);
    return json;
  }

  private Map<String, Object> view(
      String callback, String title, Language language, List<Object> blocks) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("type", "modal");
    view.put("callback_id", callback);
    view.put("title", plain(TITLE, title));
    view.put("close", plain(TITLE, texts.say(language, "form.cancel")));
    view.put("blocks", blocks);
    return view;
  }

  private static Map<String, Object> section(String mrkdwn) {
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("type", "section");
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("type", "mrkdwn");
    text.put("text", mrkdwn);
    text.put("verbatim", true);
    block.put("text", text);
    return block;
  }

  private static Map<String, Object> context(String text) {
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("type", "context");
    block.put("elements", List.of(plain(TEXT, text)));
    return block;
  }

  private static Map<String, Object> plain(int limit, String text) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", "plain_text");
    json.put("text", Cut.to(limit, text));
    return json;
  }
}
