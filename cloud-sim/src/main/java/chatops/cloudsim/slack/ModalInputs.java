package chatops.cloudsim.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is in a modal's inputs, as the state of a view has it (page "view_submission payload"), each with its {@code action_id}. */
final class ModalInputs {
  private static final String ACTION = "action_id";

  private ModalInputs() {}

  static Map<String, ObjectNode> initial(JsonNode view) {
    Map<String, ObjectNode> inputs = new LinkedHashMap<>();
    int number = 0;
    for (JsonNode block : view.path("blocks")) {
      if (block.path("type").asText().equals("input")) {
        String id = block.path("block_id").asText("b" + number++);
        inputs.put(id, initial(block.path("element"), id));
      }
    }
    return inputs;
  }

  private static ObjectNode initial(JsonNode element, String block) {
    ObjectNode input = empty(element, block);
    switch (element.path("type").asText()) {
      case "plain_text_input", "number_input" -> {
        if (element.has("initial_value")) {
          input.put("value", element.path("initial_value").asText());
        }
      }
      case "multi_static_select", "checkboxes" ->
        input.set("selected_options", element.path("initial_options").deepCopy());
      case "conversations_select" -> {
        if (element.has("initial_conversation")) {
          input.put(
              "selected_conversation", element.path("initial_conversation").asText());
        }
      }
      default -> {
        if (element.has("initial_option")) {
          input.set("selected_option", element.path("initial_option").deepCopy());
        }
      }
    }
    return input;
  }

  private static ObjectNode empty(JsonNode element, String block) {
    String type = element.path("type").asText();
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    input.put(ACTION, element.path(ACTION).asText(block)).put("type", type);
    switch (type) {
      case "plain_text_input", "number_input" -> input.putNull("value");
      case "multi_static_select", "checkboxes" -> input.putArray("selected_options");
      case "conversations_select" -> input.putNull("selected_conversation");
      default -> input.putNull("selected_option");
    }
    return input;
  }

  /**
   * What the person put in: a text; an option's value; values of several options with line ends between them; a channel's id.
   *
   * @throws IllegalArgumentException when the element has no such option
   */
  static ObjectNode filled(JsonNode element, String block, String value) {
    ObjectNode input = empty(element, block);
    if (value.isEmpty()) {
      return input;
    }
    switch (input.path("type").asText()) {
      case "plain_text_input", "number_input" -> input.put("value", value);
      case "multi_static_select", "checkboxes" -> {
        ArrayNode chosen = input.putArray("selected_options");
        for (String each : value.split("\n")) {
          chosen.add(option(element, each));
        }
      }
      case "conversations_select" -> input.put("selected_conversation", value);
      case "external_select" -> input.set("selected_option", typed(value));
      default -> input.set("selected_option", option(element, value));
    }
    return input;
  }

  private static JsonNode option(JsonNode element, String value) {
    for (JsonNode option : element.path("options")) {
      if (option.path("value").asText().equals(value)) {
        return option.deepCopy();
      }
    }
    throw new IllegalArgumentException("no option has the value " + value);
  }

  private static ObjectNode typed(String value) {
    ObjectNode option = JsonNodeFactory.instance.objectNode();
    option.putObject("text").put("type", "plain_text").put("text", value);
    return option.put("value", value);
  }

  static boolean isEmpty(ObjectNode input) {
    return input.path("value").asText("").isEmpty()
        && input.path("selected_option").isEmpty()
        && input.path("selected_options").isEmpty()
        && input.path("selected_conversation").asText("").isEmpty();
  }

  static ObjectNode state(Map<String, ObjectNode> inputs) {
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    ObjectNode values = state.putObject("values");
    inputs.forEach((block, input) -> {
      ObjectNode value = input.deepCopy();
      value.remove(ACTION);
      values.putObject(block).set(input.path(ACTION).asText(), value);
    });
    return state;
  }
}
