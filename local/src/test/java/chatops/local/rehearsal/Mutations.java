package chatops.local.rehearsal;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every single change that can be made to the tasks of one template. */
final class Mutations {
  static final List<String> KINDS = List.of("desired", "selector", "action", "jump", "operand");

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern LAST_NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(?=[^A-Za-z0-9_]*$)");

  private final JsonNode document;
  private final List<Mutation> found = new ArrayList<>();

  private Mutations(JsonNode document) {
    this.document = document;
  }

  static List<Mutation> of(JsonNode document) {
    Mutations mutations = new Mutations(document);
    int index = 0;
    for (JsonNode task : document.path("Tasks")) {
      mutations.task(task, "/Tasks/" + index++);
    }
    return mutations.found;
  }

  private void add(String kind, JsonNode task, String pointer, JsonNode to) {
    JsonNode from = document.at(pointer);
    // after the last task, next and end are the same
    JsonNode tasks = document.path("Tasks");
    boolean isSame = kind.equals("jump")
        && tasks.path(tasks.size() - 1) == task
        && from.asText().startsWith("ACS::")
        && to.asText().startsWith("ACS::");
    if (!from.equals(to) && !isSame) {
      found.add(new Mutation(kind, task.path("Name").asText(), pointer, from, to));
    }
  }

  private void task(JsonNode task, String at) {
    String action = task.path("Action").asText();
    String other =
        action.equalsIgnoreCase("ACS::WaitFor") || action.equalsIgnoreCase("ACS::CheckFor")
            ? "ACS::ExecuteAPI"
            : action.equalsIgnoreCase("ACS::ExecuteAPI") ? "ACS::CheckFor" : "ACS::Pause";
    add("action", task, at + "/Action", TextNode.valueOf(other));
    for (String jump : List.of("OnSuccess", "OnError")) {
      if (task.has(jump)) {
        add("jump", task, at + "/" + jump, target(task, task.path(jump)));
      }
    }
    JsonNode properties = task.path("Properties");
    if (properties.has("DefaultTask")) {
      add(
          "jump",
          task,
          at + "/Properties/DefaultTask",
          target(task, properties.path("DefaultTask")));
    }
    for (int i = 0; i < properties.path("Choices").size(); i++) {
      String next = at + "/Properties/Choices/" + i + "/NextTask";
      add("jump", task, next, target(task, document.at(next)));
    }
    values(task, at, "DesiredValues");
    values(task, at, "NotDesiredValues");
    selector(task, at + "/Properties/PropertySelector");
    task.path("Outputs")
        .fieldNames()
        .forEachRemaining(name -> selector(task, at + "/Outputs/" + name + "/ValueSelector"));
    operands(task, at, task);
  }

  /** Another legal target: a task of this template that was not the target, or the end. */
  private JsonNode target(JsonNode task, JsonNode now) {
    for (JsonNode other : document.path("Tasks")) {
      boolean isItself = other.path("Name").equals(task.path("Name"));
      if (!isItself && !other.path("Name").equals(now) && isAfter(task, other)) {
        return other.path("Name");
      }
    }
    return TextNode.valueOf(now.asText().equals("ACS::END") ? "ACS::NEXT" : "ACS::END");
  }

  private boolean isAfter(JsonNode task, JsonNode other) {
    boolean seen = false;
    for (JsonNode each : document.path("Tasks")) {
      seen |= each == task;
      if (each == other) {
        return seen;
      }
    }
    return false;
  }

  private void values(JsonNode task, String at, String property) {
    JsonNode values = task.path("Properties").path(property);
    for (int i = 0; values.isArray() && i < values.size(); i++) {
      if (values.path(i).isValueNode() && !values.path(i).asText().contains("{{")) {
        add("desired", task, at + "/Properties/" + property + "/" + i, changed(values.path(i)));
      }
    }
  }

  private static JsonNode changed(JsonNode value) {
    return switch (value.getNodeType()) {
      case BOOLEAN -> JSON.booleanNode(!value.booleanValue());
      case NUMBER -> JSON.numberNode(value.asInt() + 1);
      case STRING ->
        TextNode.valueOf(value.textValue().isEmpty() ? "mutant" : value.textValue() + "X");
      case ARRAY -> value.isEmpty() ? JSON.arrayNode().add("mutant") : JSON.arrayNode();
      default -> TextNode.valueOf("mutant");
    };
  }

  private void selector(JsonNode task, String pointer) {
    JsonNode selector = document.at(pointer);
    Matcher last = LAST_NAME.matcher(selector.asText(""));
    if (selector.isTextual() && last.find()) {
      String text = selector.textValue();
      add(
          "selector",
          task,
          pointer,
          TextNode.valueOf(text.substring(0, last.end()) + "X" + text.substring(last.end())));
    }
  }

  private void operands(JsonNode task, String at, JsonNode node) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        String below = at + "/" + entry.getKey().replace("~", "~0").replace("/", "~1");
        if (entry.getKey().equals("Fn::Equals") && entry.getValue().isArray()) {
          for (int i = 0; i < entry.getValue().size(); i++) {
            JsonNode operand = entry.getValue().path(i);
            boolean isLiteral = !operand.toString().contains("{{") && !operand.isObject();
            if (isLiteral) {
              add("operand", task, below + "/" + i, changed(operand));
            }
          }
        }
        operands(task, below, entry.getValue());
      }
    } else {
      for (int i = 0; i < node.size(); i++) {
        operands(task, at + "/" + i, node.path(i));
      }
    }
  }

  /** The document with one change. */
  static JsonNode with(JsonNode document, Mutation mutation) {
    JsonNode copy = document.deepCopy();
    JsonPointer at = JsonPointer.compile(mutation.pointer());
    JsonNode parent = copy.at(at.head());
    if (parent instanceof ObjectNode object) {
      object.set(at.last().getMatchingProperty(), mutation.to());
    } else if (parent instanceof ArrayNode list) {
      list.set(at.last().getMatchingIndex(), mutation.to());
    }
    return copy;
  }
}
