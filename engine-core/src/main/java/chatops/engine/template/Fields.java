package chatops.engine.template;

import chatops.engine.expression.Fault;
import chatops.engine.expression.JsonText;
import chatops.engine.expression.Pointers;
import chatops.engine.expression.Spelling;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** The keys of one map in a template, read with a finding for everything that is not as it should be. */
record Fields(JsonNode map, String pointer, String owner, Findings findings) {
  /** Reports keys that are not in {@code known}. */
  Fields only(Collection<String> known) {
    return only(known, key -> Spelling.suggest(key, absent(known), "remove it"));
  }

  /** @param remedy what to do about a key */
  Fields only(Collection<String> known, UnaryOperator<String> remedy) {
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      if (!known.contains(entry.getKey())) {
        findings.add(
            Fault.UNKNOWN_KEY,
            at(entry.getKey()),
            owner + " has no key '" + entry.getKey() + "'",
            remedy.apply(entry.getKey()));
      }
    }
    return this;
  }

  /** Those of {@code known} that are not there: a misspelt key is one of them. */
  List<String> absent(Collection<String> known) {
    return known.stream().filter(key -> !map.has(key)).toList();
  }

  String at(String key) {
    return pointer + "/" + Pointers.escape(key);
  }

  JsonNode get(String key) {
    JsonNode value = map.path(key);
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  boolean has(String key) {
    return !get(key).isMissingNode();
  }

  /** Whether it has {@code key}, and that is no empty list. */
  boolean holds(String key) {
    JsonNode value = get(key);
    return has(key) && !(value.isArray() && value.isEmpty());
  }

  /** Whether it has {@code key}, and that is no blank text. */
  boolean says(String key) {
    JsonNode value = get(key);
    return has(key) && !(value.isTextual() && value.textValue().isBlank());
  }

  /** Text, or empty when it is absent or wrong. */
  Optional<String> text(String key) {
    JsonNode value = get(key);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isValueNode()) {
      wrongType(key, "text");
      return Optional.empty();
    }
    return Optional.of(value.asText());
  }

  Optional<String> requiredText(String key) {
    if (!has(key)) {
      missing(key);
    }
    return text(key);
  }

  void missing(String key) {
    findings.add(Fault.MISSING_KEY, pointer, owner + " has no " + key, "add " + key);
  }

  /** A map; empty when it is absent, null or wrong. */
  Map<String, JsonNode> entries(String key) {
    JsonNode value = get(key);
    if (value.isMissingNode()) {
      return Map.of();
    }
    if (!value.isObject()) {
      wrongType(key, "a map");
      return Map.of();
    }
    Map<String, JsonNode> entries = new java.util.LinkedHashMap<>();
    value.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    return entries;
  }

  /** A map nested at {@code key}, with its own name for messages. */
  Fields map(String key, String name) {
    if (has(key) && !get(key).isObject()) {
      wrongType(key, "a map");
    }
    return new Fields(get(key), at(key), name, findings);
  }

  List<JsonNode> list(String key) {
    JsonNode value = get(key);
    if (value.isMissingNode()) {
      return List.of();
    }
    if (!value.isArray()) {
      wrongType(key, "a list");
      return List.of();
    }
    List<JsonNode> elements = new java.util.ArrayList<>();
    value.forEach(elements::add);
    return elements;
  }

  /** A whole number within bounds, as a number or as text. */
  OptionalInt number(String key, int least, int most) {
    JsonNode value = get(key);
    if (value.isMissingNode()) {
      return OptionalInt.empty();
    }
    Optional<JsonNode> number =
        value.isTextual() ? JsonText.parse(value.textValue()) : Optional.of(value);
    if (number
        .filter(JsonNode::isIntegralNumber)
        .filter(JsonNode::canConvertToInt)
        .isEmpty()) {
      wrongType(key, "a whole number");
      return OptionalInt.empty();
    }
    int given = number.get().intValue();
    if (given < least || given > most) {
      wrongValue(key, "a number from " + least + " to " + most);
      return OptionalInt.empty();
    }
    return OptionalInt.of(given);
  }

  Optional<Boolean> bool(String key) {
    JsonNode value = get(key);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    String text = value.asText();
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Optional.of(text.equalsIgnoreCase("true"));
    }
    wrongType(key, "true or false");
    return Optional.empty();
  }

  void wrongType(String key, String expected) {
    findings.add(
        Fault.WRONG_TYPE,
        at(key),
        owner + ": " + key + " must be " + expected + ", found " + JsonText.described(get(key)),
        "write " + expected);
  }

  void wrongValue(String key, String expected) {
    findings.add(
        Fault.WRONG_VALUE,
        at(key),
        owner + ": " + key + " must be " + expected + ", found " + JsonText.brief(get(key)),
        "write " + expected);
  }
}
