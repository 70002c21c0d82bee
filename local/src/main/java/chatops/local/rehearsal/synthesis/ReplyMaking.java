package chatops.local.rehearsal.synthesis;

import chatops.local.rehearsal.reading.Force;
import chatops.local.rehearsal.reading.Form;
import chatops.local.rehearsal.reading.MadeUpText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes one answer of its form. One use. */
final class ReplyMaking {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEEPEST = 24;

  private final ObjectNode request;
  private final Choices choices;
  private final MadeUpText texts;
  private final Map<Form, JsonNode> made;
  private final Function<String, JsonNode> references;

  /**
   * @param request what is asked for; a field named like one of its parameters repeats it
   * @param made values of forms so far, by identity; added to
   * @param references values of {@code {{ … }}} at the place of the call; JSON null when unknown
   */
  ReplyMaking(
      ObjectNode request,
      Choices choices,
      MadeUpText texts,
      Map<Form, JsonNode> made,
      Function<String, JsonNode> references) {
    this.request = request;
    this.choices = choices;
    this.texts = texts;
    this.made = made;
    this.references = references;
  }

  JsonNode make(Form form, int number) {
    return make(form, number, 0);
  }

  private JsonNode make(Form given, int number, int depth) {
    Form form = given.meant();
    if (form.known().isPresent()) {
      return form.known().get();
    }
    if (depth > DEEPEST) {
      return JSON.nullNode();
    }
    JsonNode value = value(form, number, depth);
    made.put(form, value);
    return value;
  }

  private JsonNode value(Form form, int number, int depth) {
    List<Optional<JsonNode>> possible = Choices.possible(form);
    boolean isDemanded = !form.wishes(Force.MUST).isEmpty();
    if (!choices.isChosen(form) && !isDemanded) {
      Optional<JsonNode> linked = linked(form, number).or(() -> repeated(form, number));
      if (linked.isPresent()) {
        return linked.get();
      }
    }
    List<JsonNode> looked = form.wishes(Force.SOME);
    if (!choices.isChosen(form) && !isDemanded && looked.size() > 1) {
      return looked.get((number - 1) % looked.size());
    }
    Optional<JsonNode> chosen = possible.get(Math.min(choices.of(form), possible.size() - 1));
    if (chosen.isEmpty()) {
      return plain(form, number, 1, depth);
    }
    boolean isSize = chosen.get().isArray()
        && !chosen.get().isEmpty()
        && chosen.get().path(0).isNull();
    return isSize ? plain(form, number, chosen.get().size(), depth) : chosen.get();
  }

  /** The value this one has to equal. */
  private Optional<JsonNode> linked(Form form, int number) {
    return form.same()
        .flatMap(other -> referred(other, number))
        .map(value -> Beside.of(value, form.side()));
  }

  private Optional<JsonNode> referred(Form other, int number) {
    return other
        .reference()
        .map(references)
        .filter(value -> !value.isNull())
        .or(other::known)
        .or(() -> Optional.ofNullable(made.get(other.meant())))
        .or(() -> other.meant().owner().map(made::get).map(list -> list.get(number - 1)))
        .filter(value -> !value.isNull() && !value.isMissingNode());
  }

  /** What the request says under the same name, or the element of its list of them. */
  private Optional<JsonNode> repeated(Form form, int number) {
    if (form.name().isEmpty() || !form.fields().isEmpty() || form.element().isPresent()) {
      return Optional.empty();
    }
    return named(form.name())
        .filter(JsonNode::isValueNode)
        .filter(value -> !value.isNull() && !value.asText().isEmpty())
        .or(() -> ids(form.name()).flatMap(ids -> Optional.ofNullable(ids.get(number - 1))));
  }

  private Optional<JsonNode> named(String name) {
    return request.properties().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The request's list of values that a field of this name has one of. */
  private Optional<ArrayNode> ids(String name) {
    return Stream.of(name + "s", name)
        .flatMap(plural -> named(plural).stream())
        .flatMap(value -> list(value).stream())
        .filter(list -> !list.isEmpty() && list.get(0).isValueNode())
        .findFirst();
  }

  private static Optional<ArrayNode> list(JsonNode value) {
    if (value instanceof ArrayNode list) {
      return Optional.of(list);
    }
    return value.isTextual() && value.textValue().strip().startsWith("[")
        ? chatops.engine.expression.JsonText.parseContainer(value.textValue())
            .filter(ArrayNode.class::isInstance)
            .map(ArrayNode.class::cast)
        : Optional.empty();
  }

  private JsonNode plain(Form form, int number, int size, int depth) {
    if (form.inside().isPresent()) {
      return held(form, form.inside().get(), number, depth);
    }
    return switch (form.kind()) {
      case MAP -> {
        ObjectNode map = JSON.objectNode();
        form.fields().forEach((name, field) -> map.set(name, make(field, number, depth + 1)));
        form.entries()
            .forEach(entry -> referred(entry.key(), number)
                .ifPresent(name -> map.set(name.asText(), make(entry.value(), number, depth + 1))));
        yield map;
      }
      case LIST -> {
        ArrayNode list = JSON.arrayNode();
        Form element = form.element().orElseGet(() -> new Form(form.name()));
        int count = Math.max(
            size, Math.max(askedFor(element), Math.max(form.least(), lookedFor(element, 0))));
        for (int i = 1; i <= count; i++) {
          list.add(make(element, i, depth + 1));
        }
        yield list;
      }
      case NUMBER -> JSON.numberNode(number);
      case BOOLEAN -> BooleanNode.TRUE;
      case TEXT, ANY -> TextNode.valueOf(text(form, number));
    };
  }

  private String text(Form form, int number) {
    if (form.isNumeric()) {
      return String.valueOf(number);
    }
    return form.pattern()
        .flatMap(
            pattern -> PatternText.of(pattern, 1, text -> pattern.matcher(text).find()))
        .orElseGet(() -> texts.of(form.name(), number));
  }

  private JsonNode held(Form form, Form inside, int number, int depth) {
    JsonNode value = make(inside, number, depth + 1);
    String text = form.encoding() == Form.Encoding.JSON || !value.isTextual()
        ? value.toString()
        : value.textValue();
    return TextNode.valueOf(
        form.encoding() == Form.Encoding.BASE64
            ? Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
            : text);
  }

  /** How many elements the request names. */
  private int askedFor(Form element) {
    Stream<String> names =
        element.fields().isEmpty() ? Stream.of(element.name()) : element.fields().keySet().stream();
    return names
        .filter(name -> name.toLowerCase(Locale.ROOT).endsWith("id"))
        .flatMap(name -> ids(name).stream())
        .mapToInt(ArrayNode::size)
        .max()
        .orElse(1);
  }

  /** How many different elements selectors look for. */
  private static int lookedFor(Form element, int depth) {
    int most = element.wishes(Force.SOME).size();
    if (depth < 4) {
      for (Form field : element.fields().values()) {
        most = Math.max(most, lookedFor(field.meant(), depth + 1));
      }
    }
    return most;
  }
}
