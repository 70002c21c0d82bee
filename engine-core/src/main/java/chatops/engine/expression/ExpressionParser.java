package chatops.engine.expression;

import chatops.engine.expression.Pieces.Piece;
import chatops.engine.jq.Jq;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiles template values. What is wrong is told to {@link Faults} and compiled as null, so one pass finds everything.
 * Made per place in the template, since the place decides which names are visible.
 */
public final class ExpressionParser {
  private static final Expression NOTHING = new Unreadable();

  private static final Pattern ONE_BRACE = Pattern.compile("\\s*\\{\\s*([A-Za-z0-9_-]+)\\s*}\\s*");
  private static final Pattern OPEN_BRACES =
      Pattern.compile("\\{\\{\\s*([A-Za-z0-9_-]+)\\s*(?:}(?!})|$)");

  private final Map<String, Function> functions;
  private final Names names;
  private final Faults faults;
  private final ReferenceParser references;
  private final ScriptParser scripts;

  /** @param functions by name */
  public ExpressionParser(Map<String, Function> functions, Jq jq, Names names, Faults faults) {
    this.functions = functions;
    this.names = names;
    this.faults = faults;
    this.references = new ReferenceParser(jq, names, faults);
    this.scripts = new ScriptParser(this, references, jq, faults);
  }

  /** Any value: references and functions in it are compiled at every depth. */
  public Expression value(JsonNode value, String pointer) {
    if (value.isTextual()) {
      return text(value.textValue(), pointer);
    }
    if (value.isArray()) {
      return list(value, pointer);
    }
    return value.isObject() ? map(value, pointer) : new Literal(value);
  }

  /** A condition: a function, a reference to a boolean, true or false, or the name of an entry of {@code Conditions}. */
  public Expression condition(JsonNode value, String pointer) {
    if (value.isTextual() && !value.textValue().contains("{{")) {
      String word = value.textValue().strip();
      if (word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false")) {
        return new Literal(value);
      }
      Optional<Expression> named = Optional.ofNullable(names.condition(word, pointer));
      if (named.isEmpty()) {
        faults.add(
            Fault.INVALID_CONDITION,
            pointer,
            "no condition is named '" + word + "'",
            "use a function such as Fn::Equals, a reference to a boolean, or declare it under Conditions");
      }
      return named.orElse(NOTHING);
    }
    if (value.isArray() || value.isNumber() || (value.isObject() && !isCall(value))) {
      faults.add(
          Fault.INVALID_CONDITION,
          pointer,
          "a condition cannot be " + JsonText.typeOf(value),
          "use a function such as Fn::Equals, a reference to a boolean, or the name of a condition");
      return NOTHING;
    }
    return value(value, pointer);
  }

  /**
   * The text of a request body: like a value, but a reference inside double quotes is escaped and null is {@code null}. In a
   * body of XML parameters are escaped as its content.
   */
  public Expression body(JsonNode value, String pointer) {
    if (!value.isTextual()) {
      return value(value, pointer);
    }
    Pieces pieces = pieces(value.textValue(), pointer);
    if (pieces.isWholeReference() || !pieces.hasReference()) {
      return text(value.textValue(), pointer);
    }
    if (value.textValue().stripLeading().startsWith("<")) {
      return xml(pieces, pointer);
    }
    List<JsonBody.Part> parts = new ArrayList<>();
    boolean quoted = false;
    for (Piece piece : pieces.all()) {
      if (piece.isReference()) {
        parts.add(new JsonBody.Part(references.parse(piece.text(), pointer), quoted));
      } else {
        parts.add(new JsonBody.Part(new Literal(TextNode.valueOf(piece.text())), false));
        quoted = JsonText.endsInString(piece.text(), quoted);
      }
    }
    return new JsonBody(parts);
  }

  /**
   * An address: like a value, but a reference after its beginning is percent-encoded, so a value cannot add a path segment, a
   * query or another host. A reference at the beginning is the base, inserted as it is.
   */
  public Expression url(JsonNode value, String pointer) {
    if (!value.isTextual()) {
      return value(value, pointer);
    }
    Pieces pieces = pieces(value.textValue(), pointer);
    if (pieces.isWholeReference() || !pieces.hasReference()) {
      return text(value.textValue(), pointer);
    }
    List<UrlText.Part> parts = new ArrayList<>();
    for (Piece piece : pieces.all()) {
      parts.add(
          piece.isReference()
              ? new UrlText.Part(references.parse(piece.text(), pointer), !parts.isEmpty())
              : new UrlText.Part(new Literal(TextNode.valueOf(piece.text())), false));
    }
    return new UrlText(parts);
  }

  /** A template inside the template: its references are its own, unless the whole of it is one reference. */
  public Expression content(JsonNode value, String pointer) {
    boolean isReference = value.isTextual() && new Pieces(value.textValue()).isWholeReference();
    return isReference ? text(value.textValue(), pointer) : new Literal(value);
  }

  /** A web hook: a value whose {@code URI} is an address. */
  public Expression webHook(JsonNode value, String pointer) {
    JsonNode uri = value.path("URI");
    if (!uri.isTextual()) {
      return value(value, pointer);
    }
    List<MapOf.Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String place = pointer + "/" + Pointers.escape(entry.getKey());
      entries.add(new MapOf.Entry(
          text(entry.getKey(), place),
          entry.getKey().equals("URI") ? url(uri, place) : value(entry.getValue(), place)));
    }
    return new MapOf(entries);
  }

  /** What tasks made may be markup; what people gave is content. */
  private Expression xml(Pieces pieces, String pointer) {
    List<XmlBody.Part> parts = new ArrayList<>();
    for (Piece piece : pieces.all()) {
      Expression part = piece.isReference()
          ? references.parse(piece.text(), pointer)
          : new Literal(TextNode.valueOf(piece.text()));
      boolean isOfTask =
          part instanceof Reference reference && reference.kind() == Reference.Kind.TASK;
      parts.add(new XmlBody.Part(part, piece.isReference() && !isOfTask));
    }
    return new XmlBody(parts);
  }

  /** A ValueSelector or PropertySelector. */
  public Selector selector(JsonNode value, String pointer) {
    return scripts.selector(value, pointer);
  }

  private Expression text(String text, String pointer) {
    almost(text, pointer);
    if (!text.contains("{{")) {
      return new Literal(TextNode.valueOf(text));
    }
    Pieces pieces = pieces(text, pointer);
    if (pieces.isWholeReference()) {
      return references.parse(pieces.all().get(0).text(), pointer);
    }
    if (!pieces.hasReference()) {
      return new Literal(TextNode.valueOf(text));
    }
    List<Expression> parts = new ArrayList<>();
    for (Piece piece : pieces.all()) {
      parts.add(
          piece.isReference()
              ? references.parse(piece.text(), pointer)
              : new Literal(TextNode.valueOf(piece.text())));
    }
    return new TextOf(parts, "");
  }

  /** One brace around the name of a parameter, or two that are closed by one or none. */
  private void almost(String text, String pointer) {
    Matcher one = ONE_BRACE.matcher(text);
    Matcher open = OPEN_BRACES.matcher(text);
    boolean isOne = one.matches() && names.all().contains(one.group(1));
    boolean isOpen = open.find() && names.all().contains(open.group(1));
    if (isOne || isOpen) {
      String name = isOne ? one.group(1) : open.group(1);
      faults.add(
          Fault.NOT_A_REFERENCE,
          pointer,
          "'" + (isOne ? text.strip() : open.group().strip()) + "' is no reference and stays text",
          "write {{ " + name + " }}; nothing to do if the text is meant so");
    }
  }

  Pieces pieces(String text, String pointer) {
    Pieces pieces = new Pieces(text);
    for (String strange : pieces.strange()) {
      faults.add(
          Fault.NOT_A_REFERENCE,
          pointer,
          "'{{" + strange + "}}' is no reference and stays text",
          strangeRemedy(strange.strip()));
    }
    return pieces;
  }

  private static String strangeRemedy(String text) {
    String otherwise =
        "write {{ parameter }}, {{ task.output }} or {{ ACS::Name }}; nothing to do if the text is meant so";
    boolean isPseudo = text.regionMatches(true, 0, "ACS::", 0, 5);
    return isPseudo
        ? Spelling.meant("ACS::" + text.substring(5), PseudoParameters.written(), otherwise)
        : otherwise;
  }

  private Expression list(JsonNode list, String pointer) {
    List<Expression> elements = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      elements.add(value(list.path(i), pointer + "/" + i));
    }
    return elements.stream().allMatch(Literal.class::isInstance)
        ? new Literal(list)
        : new ListOf(elements);
  }

  private Expression map(JsonNode map, String pointer) {
    if (isCall(map)) {
      Map.Entry<String, JsonNode> call = map.properties().iterator().next();
      return call(call.getKey(), call.getValue(), pointer);
    }
    List<MapOf.Entry> entries = new ArrayList<>();
    boolean constant = true;
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      String key = entry.getKey();
      String place = pointer + "/" + Pointers.escape(key);
      if (key.startsWith("Fn::")) {
        faults.add(
            Fault.UNKNOWN_FUNCTION,
            place,
            "'" + key + "' stands in a map with other keys",
            "a function call is a map with one key; put it in a map of its own");
      }
      MapOf.Entry compiled = new MapOf.Entry(text(key, place), value(entry.getValue(), place));
      constant &= compiled.key() instanceof Literal && compiled.value() instanceof Literal;
      entries.add(compiled);
    }
    return constant ? new Literal(map) : new MapOf(entries);
  }

  private static String functionRemedy(String name, Collection<String> known) {
    return Spelling.suggest(name, known, "use a function of the OOS language;")
        + " function names are case-sensitive";
  }

  private static boolean isCall(JsonNode map) {
    return map.size() == 1 && map.fieldNames().next().startsWith("Fn::");
  }

  private Expression call(String name, JsonNode argument, String pointer) {
    String place = pointer + "/" + Pointers.escape(name);
    Optional<Function> found = Optional.ofNullable(functions.get(name));
    if (found.isEmpty()) {
      Collection<String> known = functions.keySet();
      faults.add(
          Fault.UNKNOWN_FUNCTION,
          place,
          "unknown function '" + name + "'",
          functionRemedy(name, known));
      return NOTHING;
    }
    Function function = found.get();
    if (function.takesWhole() || !argument.isArray()) {
      return tried(new Call(function, argument(function, 0, argument, place), place));
    }
    if (argument.size() < function.least() || argument.size() > function.most()) {
      faults.add(
          Fault.FUNCTION_ARGUMENTS,
          place,
          name + " takes " + Arity.of(function) + ", found " + argument.size(),
          "give it " + Arity.of(function));
      return NOTHING;
    }
    List<Expression> arguments = new ArrayList<>();
    for (int i = 0; i < argument.size(); i++) {
      Expression each = argument(function, i, argument.path(i), place + "/" + i);
      boolean isKnown = isWord(function, i, argument.path(i), place + "/" + i);
      arguments.add(isKnown ? each : NOTHING);
    }
    return tried(new Call(function, new ListOf(arguments), place));
  }

  /** Whether an argument may be one of the function's words, as far as it is written out. */
  private boolean isWord(Function function, int index, JsonNode argument, String pointer) {
    List<String> words = function.words(index);
    String given = JsonText.of(argument, "");
    boolean isKnown = words.isEmpty()
        || argument.isContainerNode()
        || given.contains("{{")
        || words.stream().anyMatch(given::equalsIgnoreCase);
    if (!isKnown) {
      faults.add(
          Fault.FUNCTION_ARGUMENTS,
          pointer,
          function.name() + " argument " + (index + 1) + ": expected " + String.join(" or ", words)
              + ", found " + JsonText.brief(argument),
          Spelling.meant(given, words, "write one of them"));
    }
    return isKnown;
  }

  /** A call of what is written out gives the same whenever it is computed: what it would fail with is told now. */
  private Call tried(Call call) {
    if (call.isFixed()) {
      try {
        call.evaluate(new EmptyScope());
      } catch (ExpressionException failed) {
        faults.add(
            Fault.FUNCTION_ARGUMENTS,
            call.pointer(),
            String.valueOf(failed.getMessage()).replace(" at " + call.pointer(), ""),
            "correct the argument");
      }
    }
    return call;
  }

  private Expression argument(Function function, int index, JsonNode argument, String pointer) {
    if (function.script() == index) {
      return scripts.script(argument, pointer);
    }
    return function.isCondition(index) && argument.isTextual()
        ? condition(argument, pointer)
        : value(argument, pointer);
  }
}
