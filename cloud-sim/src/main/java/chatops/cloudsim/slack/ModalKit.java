package chatops.cloudsim.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Slack's limits on modals and their inputs (pages "Modal views" and "Block Kit reference"). */
final class ModalKit {
  private static final int BLOCKS = 100;
  private static final int TITLE = 24;
  private static final int METADATA = 3000;
  private static final int ID = 255;
  private static final int LABEL = 2000;
  private static final int TEXT = 3000;
  private static final int PLACEHOLDER = 150;
  private static final int OPTIONS = 100;
  private static final int RADIO_OPTIONS = 10;
  private static final int OPTION_TEXT = 75;
  private static final int OPTION_VALUE = 150;
  private static final int BYTES = 250_000;

  private ModalKit() {}

  /** What is wrong with the view, if anything. */
  static Optional<String> complaint(JsonNode view) {
    if (!view.path("type").asText().equals("modal")) {
      return Optional.of("unsupported view type");
    }
    if (view.toString().length() > BYTES) {
      return Optional.of("view_too_large");
    }
    JsonNode blocks = view.path("blocks");
    if (!blocks.isArray() || blocks.size() > BLOCKS) {
      return Optional.of("blocks: an array of at most " + BLOCKS);
    }
    return first(
        plain(view.path("title"), "title", TITLE, true),
        plain(view.path("submit"), "submit", TITLE, false),
        plain(view.path("close"), "close", TITLE, false),
        longest(view.path("private_metadata"), "private_metadata", METADATA),
        longest(view.path("callback_id"), "callback_id", ID),
        longest(view.path("external_id"), "external_id", ID),
        blocks(view, blocks));
  }

  private static Optional<String> blocks(JsonNode view, JsonNode blocks) {
    Set<String> ids = new HashSet<>();
    boolean hasInput = false;
    for (int i = 0; i < blocks.size(); i++) {
      JsonNode block = blocks.get(i);
      String id = block.path("block_id").asText();
      boolean isInput = block.path("type").asText().equals("input");
      hasInput |= isInput;
      Optional<String> wrong = !id.isEmpty() && !ids.add(id)
          ? Optional.of("block_id " + id + " is not unique")
          : isInput ? input(block) : BlockKit.block(block);
      if (wrong.isPresent()) {
        return Optional.of("/view/blocks/" + i + ": " + wrong.get());
      }
    }
    return hasInput && !view.has("submit")
        ? Optional.of("a view with an input block needs a submit button")
        : Optional.empty();
  }

  private static Optional<String> input(JsonNode block) {
    JsonNode element = block.path("element");
    return first(
        longest(block.path("block_id"), "block_id", ID),
        plain(block.path("label"), "label", LABEL, true),
        plain(block.path("hint"), "hint", LABEL, false),
        longest(element.path("action_id"), "action_id", ID),
        plain(element.path("placeholder"), "placeholder", PLACEHOLDER, false),
        element(element));
  }

  private static Optional<String> element(JsonNode element) {
    return switch (element.path("type").asText()) {
      case "plain_text_input" ->
        first(
            longest(element.path("initial_value"), "initial_value", TEXT),
            element.path("max_length").asInt(1) < 1
                    || element.path("max_length").asInt(1) > TEXT
                ? Optional.of("max_length must be 1 to " + TEXT)
                : Optional.empty(),
            element.path("min_length").asInt(0) > TEXT
                ? Optional.of("min_length must be at most " + TEXT)
                : Optional.empty());
      case "number_input" ->
        element.path("is_decimal_allowed").isBoolean()
            ? Optional.empty()
            : Optional.of("number_input needs is_decimal_allowed");
      case "static_select", "multi_static_select" -> options(element, OPTIONS);
      case "radio_buttons", "checkboxes" -> options(element, RADIO_OPTIONS);
      case "external_select", "conversations_select", "users_select", "datepicker", "timepicker" ->
        Optional.empty();
      default -> Optional.of("unsupported element: " + element.path("type").asText());
    };
  }

  private static Optional<String> options(JsonNode element, int most) {
    JsonNode options = element.path("options");
    if (options.size() < 1 || options.size() > most) {
      return Optional.of("1 to " + most + " options expected, got " + options.size());
    }
    Set<String> known = new HashSet<>();
    for (JsonNode option : options) {
      Optional<String> wrong = first(
          plain(option.path("text"), "option text", OPTION_TEXT, true),
          longest(option.path("value"), "option value", OPTION_VALUE));
      if (wrong.isPresent()) {
        return wrong;
      }
      known.add(option.toString());
    }
    boolean isKnown = !element.has("initial_option")
        || known.contains(element.path("initial_option").toString());
    for (JsonNode initial : element.path("initial_options")) {
      isKnown &= known.contains(initial.toString());
    }
    return isKnown ? Optional.empty() : Optional.of("initial_option is none of the options");
  }

  private static Optional<String> plain(JsonNode text, String where, int longest, boolean needed) {
    if (text.isMissingNode() && !needed) {
      return Optional.empty();
    }
    int length = text.path("text").asText().length();
    return !text.path("type").asText().equals("plain_text") || length < 1 || length > longest
        ? Optional.of(where + ": plain_text of 1 to " + longest + " characters expected")
        : Optional.empty();
  }

  private static Optional<String> longest(JsonNode text, String where, int longest) {
    return text.asText("").length() > longest
        ? Optional.of(where + " longer than " + longest)
        : Optional.empty();
  }

  @SafeVarargs
  private static Optional<String> first(Optional<String>... complaints) {
    for (Optional<String> complaint : complaints) {
      if (complaint.isPresent()) {
        return complaint;
      }
    }
    return Optional.empty();
  }
}
