package chatops.cloudsim.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Slack's limits on the blocks of a message (pages "Block Kit reference"). */
final class BlockKit {
  private static final Set<String> KNOWN = Set.of(
      "section",
      "header",
      "divider",
      "context",
      "actions",
      "image",
      "input",
      "markdown",
      "rich_text");

  private BlockKit() {}

  /** What is wrong with the blocks, if anything. */
  static Optional<String> complaint(JsonNode blocks) {
    if (!blocks.isArray()) {
      return Optional.of("blocks must be an array");
    }
    if (blocks.size() > 50) {
      return Optional.of("no more than 50 blocks allowed, got " + blocks.size());
    }
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < blocks.size(); i++) {
      JsonNode block = blocks.get(i);
      String id = block.path("block_id").asText();
      Optional<String> wrong = !id.isEmpty() && !ids.add(id)
          ? Optional.of("block_id " + id + " is not unique")
          : block(block);
      if (wrong.isPresent()) {
        return Optional.of("/blocks/" + i + ": " + wrong.get());
      }
    }
    return Optional.empty();
  }

  static Optional<String> block(JsonNode block) {
    String type = block.path("type").asText();
    if (!KNOWN.contains(type)) {
      return Optional.of("unsupported type: " + type);
    }
    if (block.path("block_id").asText().length() > 255) {
      return Optional.of("block_id longer than 255");
    }
    return switch (type) {
      case "section" -> section(block);
      case "header" -> text(block.path("text"), "text", 150, true);
      case "context" ->
        block.path("elements").size() < 1 || block.path("elements").size() > 10
            ? Optional.of("context needs 1 to 10 elements")
            : Optional.empty();
      case "actions" -> actions(block.path("elements"));
      case "markdown" ->
        block.path("text").asText().length() > 12_000
            ? Optional.of("markdown longer than 12000")
            : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<String> section(JsonNode block) {
    JsonNode fields = block.path("fields");
    if (!block.has("text") && fields.isEmpty()) {
      return Optional.of("section needs text or fields");
    }
    if (fields.size() > 10) {
      return Optional.of("no more than 10 fields");
    }
    for (JsonNode field : fields) {
      Optional<String> wrong = text(field, "fields", 2000, false);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    if (block.has("accessory")) {
      Optional<String> wrong = element(block.path("accessory"));
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return block.has("text") ? text(block.path("text"), "text", 3000, false) : Optional.empty();
  }

  private static Optional<String> actions(JsonNode elements) {
    if (elements.size() < 1 || elements.size() > 25) {
      return Optional.of("actions needs 1 to 25 elements");
    }
    Set<String> ids = new HashSet<>();
    for (JsonNode element : elements) {
      Optional<String> wrong = element(element);
      if (wrong.isPresent()) {
        return wrong;
      }
      String id = element.path("action_id").asText();
      if (!id.isEmpty() && !ids.add(id)) {
        return Optional.of("action_id " + id + " is not unique");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> element(JsonNode element) {
    if (element.path("action_id").asText().length() > 255) {
      return Optional.of("action_id longer than 255");
    }
    if (!element.path("type").asText().equals("button")) {
      return element.path("type").asText().isEmpty()
          ? Optional.of("an element needs a type")
          : Optional.empty();
    }
    if (element.path("value").asText().length() > 2000) {
      return Optional.of("button value longer than 2000");
    }
    String style = element.path("style").asText("primary");
    if (!style.equals("primary") && !style.equals("danger")) {
      return Optional.of("button style must be primary or danger");
    }
    JsonNode confirm = element.path("confirm");
    if (confirm.isObject()
        && (text(confirm.path("title"), "confirm title", 100, true).isPresent()
            || text(confirm.path("text"), "confirm text", 300, false).isPresent())) {
      return Optional.of(
          "confirm needs a title of at most 100 and a text of at most 300 characters");
    }
    return text(element.path("text"), "button text", 75, true);
  }

  private static Optional<String> text(
      JsonNode text, String where, int longest, boolean plainOnly) {
    String type = text.path("type").asText();
    if (!type.equals("plain_text") && (plainOnly || !type.equals("mrkdwn"))) {
      return Optional.of(
          where + " must be a text object of type plain_text" + (plainOnly ? "" : " or mrkdwn"));
    }
    int length = text.path("text").asText().length();
    return length < 1 || length > longest
        ? Optional.of(where + " must have 1 to " + longest + " characters, has " + length)
        : Optional.empty();
  }
}
