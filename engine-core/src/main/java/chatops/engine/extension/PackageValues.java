package chatops.engine.extension;

import chatops.engine.expression.Fault;
import chatops.engine.expression.JsonText;
import chatops.engine.expression.Pointers;
import chatops.engine.template.PlainDocument;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Values of a package's text by their keys. What is not of its kind is noted with its place, and stands for an empty one, so that
 * one reading finds all that is wrong.
 */
final class PackageValues {
  private final PlainDocument document;

  PackageValues(PlainDocument document) {
    this.document = document;
  }

  void add(Fault fault, String at, String message, String remedy) {
    document.add(fault, at, message, remedy);
  }

  boolean isMap(JsonNode given, String at) {
    if (!given.isObject()) {
      document.add(
          given.isMissingNode() ? Fault.MISSING_KEY : Fault.WRONG_TYPE,
          at,
          (at.isEmpty() ? "the package" : at.substring(1)) + " is no map",
          "write keys and values");
      return false;
    }
    return true;
  }

  void keys(JsonNode given, String at, Set<String> known) {
    given.fieldNames().forEachRemaining(name -> {
      if (!known.contains(name)) {
        document.add(
            Fault.UNKNOWN_KEY,
            at + "/" + Pointers.escape(name),
            "'" + name + "' means nothing here",
            "write one of " + known.stream().sorted().collect(Collectors.joining(", ")));
      }
    });
  }

  String needed(JsonNode given, String at, String name) {
    String text = text(given, at, name);
    if (given.path(name).isMissingNode() || (given.path(name).isTextual() && text.isEmpty())) {
      document.add(Fault.MISSING_KEY, at, name + " is missing", "write it");
    }
    return text;
  }

  String text(JsonNode given, String at, String name) {
    JsonNode value = given.path(name);
    if (value.isMissingNode()) {
      return "";
    }
    boolean isPlain = value.isTextual() || value.isNumber() || value.isBoolean();
    if (!isPlain) {
      document.add(
          Fault.WRONG_TYPE,
          at + "/" + name,
          name + " is " + JsonText.typeOf(value),
          "write a text");
      return "";
    }
    return value.asText();
  }

  List<String> texts(JsonNode given, String at, String name) {
    List<String> texts = new ArrayList<>();
    JsonNode list = given.path(name);
    if (list.isMissingNode()) {
      return texts;
    }
    if (!list.isArray()) {
      document.add(Fault.WRONG_TYPE, at + "/" + name, name + " is no list", "write [one, another]");
      return texts;
    }
    for (JsonNode each : list) {
      if (each.isTextual()) {
        texts.add(each.textValue());
      } else {
        document.add(
            Fault.WRONG_TYPE,
            at + "/" + name + "/" + texts.size(),
            name + " holds " + JsonText.typeOf(each),
            "write texts, a version such as \"20.10\" in quotes");
      }
    }
    return texts;
  }

  <T> T one(String at, String word, T[] all, Function<T, String> text, T otherwise) {
    if (!word.isEmpty()) {
      for (T each : all) {
        if (text.apply(each).equals(word)) {
          return each;
        }
      }
      wrong(
          at,
          "'" + word + "' is none of them",
          "write " + Stream.of(all).map(text).collect(Collectors.joining(", ")));
    }
    return otherwise;
  }

  void shape(Pattern pattern, String value, String at, String expected) {
    if (!value.isEmpty() && !pattern.matcher(value).matches()) {
      wrong(at, "'" + value + "' does not fit", "write " + expected);
    }
  }

  void wrong(String at, String message, String remedy) {
    document.add(Fault.WRONG_VALUE, at, message, remedy);
  }
}
