package chatops.engine.template;

import chatops.engine.EngineException;
import chatops.engine.expression.Fault;
import chatops.engine.expression.JsonText;
import chatops.engine.expression.Spelling;
import chatops.engine.schedule.Schedule;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values that are written out under the keys of one map, held against the form that is expected there; what is computed is
 * passed over.
 */
record WrittenValues(Fields properties) {
  /** Whether a value is written out, at least its outermost level. */
  static boolean isWritten(JsonNode value) {
    boolean isCall =
        value.size() == 1 && value.isObject() && value.fieldNames().next().startsWith("Fn::");
    boolean isReference = value.isTextual() && value.textValue().contains("{{");
    return !value.isMissingNode() && !value.isNull() && !isCall && !isReference;
  }

  /** Whether nothing in the value is computed. */
  static boolean isAllWritten(JsonNode value) {
    if (!isWritten(value)) {
      return value.isNull() || value.isMissingNode();
    }
    boolean all = true;
    for (JsonNode element : value) {
      all &= isAllWritten(element);
    }
    return all;
  }

  /** What a loop walks. */
  void items(String key) {
    JsonNode value = properties.get(key);
    boolean isList = value.isArray()
        || (value.isTextual()
            && JsonText.parseContainer(value.textValue())
                .filter(JsonNode::isArray)
                .isPresent());
    if (isWritten(value) && !isList) {
      properties.wrongType(key, "a list");
    }
  }

  /** @param value the whole of it, wherever its fields stand */
  void rateControl(String key, JsonNode value) {
    if (value.isObject() && isWritten(value)) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        if (!RateControl.FIELDS.contains(field.getKey())) {
          unknown(
              new Fields(
                  value,
                  properties.at(key),
                  properties.owner() + ", " + key,
                  properties.findings()),
              field.getKey(),
              RateControl.FIELDS);
        }
      }
    }
    if (!value.isMissingNode() && isAllWritten(value)) {
      refused(properties.at(key), () -> RateControl.of(value, 100));
    }
  }

  void time(String key) {
    word(key).ifPresent(text -> refused(properties.at(key), () -> Schedule.instant(key, text)));
  }

  static void unknown(Fields fields, String key, List<String> known) {
    fields
        .findings()
        .add(
            Fault.UNKNOWN_PROPERTY,
            fields.at(key),
            fields.owner() + " has no property '" + key + "', it is ignored",
            Spelling.suggest(key, fields.absent(known), "remove it"));
  }

  /** A single value that is written out, and not empty. */
  Optional<String> word(String key) {
    JsonNode value = properties.get(key);
    return isWritten(value) && value.isValueNode()
        ? Optional.of(value.asText().strip()).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  void text(String key) {
    JsonNode value = properties.get(key);
    if (isWritten(value) && value.isContainerNode()) {
      properties.wrongType(key, "text");
    }
  }

  /** A map, or the JSON text of one. */
  void map(String key) {
    JsonNode value = properties.get(key);
    boolean isMap = value.isObject()
        || (value.isArray() && value.isEmpty())
        || (value.isTextual()
            && (value.textValue().isBlank()
                || JsonText.parseContainer(value.textValue())
                    .filter(parsed -> parsed.isObject() || parsed.isEmpty())
                    .isPresent()));
    if (isWritten(value) && !isMap) {
      properties.wrongType(key, "a map");
    }
  }

  /** A word that the engine itself refuses when it is none of these. */
  void oneOf(String key, List<String> allowed) {
    oneOf(Fault.WRONG_VALUE, key, allowed);
  }

  /** A word that OOS knows no others of; the engine passes over what it does not know. */
  void usually(String key, List<String> known) {
    oneOf(Fault.UNKNOWN_VALUE, key, known);
  }

  void oneOf(Fault fault, String key, List<String> allowed) {
    JsonNode value = properties.get(key);
    Optional<String> word = word(key);
    boolean isWrong = word.isPresent()
        ? allowed.stream().noneMatch(word.get()::equalsIgnoreCase)
        : isWritten(value) && value.isContainerNode();
    if (isWrong) {
      properties
          .findings()
          .add(
              fault,
              properties.at(key),
              properties.owner() + ": " + key + " must be one of " + String.join(", ", allowed)
                  + ", found " + JsonText.brief(value),
              Spelling.meant(word.orElse(""), allowed, "write one of them"));
    }
  }

  void refused(String pointer, Runnable reading) {
    refused(pointer, "write it in the form that is expected", reading);
  }

  /** What the engine itself says of a value. */
  void refused(String pointer, String remedy, Runnable reading) {
    try {
      reading.run();
    } catch (EngineException refusal) {
      properties
          .findings()
          .add(
              Fault.WRONG_VALUE, pointer, properties.owner() + ": " + refusal.getMessage(), remedy);
    }
  }

  void add(Fault fault, String key, String message, String remedy) {
    properties
        .findings()
        .add(fault, properties.at(key), properties.owner() + ": " + message, remedy);
  }
}
