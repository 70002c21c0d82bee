package chatops.local.rehearsal.synthesis;

import chatops.local.rehearsal.reading.Force;
import chatops.local.rehearsal.reading.Form;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of its possible values each form has. The first is what most likely lets the main path be walked; another may be
 * chosen. Immutable.
 */
public final class Choices {
  private final Map<Form, Integer> chosen;

  private Choices(Map<Form, Integer> chosen) {
    this.chosen = chosen;
  }

  /** The first possibility everywhere. */
  public static Choices first() {
    return new Choices(new IdentityHashMap<>());
  }

  public Choices with(Form form, int index) {
    Map<Form, Integer> more = new IdentityHashMap<>(chosen);
    more.put(form, index);
    return new Choices(more);
  }

  public int of(Form form) {
    return chosen.getOrDefault(form, 0);
  }

  public boolean isChosen(Form form) {
    return chosen.containsKey(form);
  }

  /** Possible values in order; empty stands for one made up from the form's parts and name. */
  public static List<Optional<JsonNode>> possible(Form form) {
    List<Optional<JsonNode>> values = new ArrayList<>();
    form.wishes(Force.MUST).stream()
        .filter(value -> suits(form, value))
        .forEach(value -> add(values, form, value));
    form.wishes(Force.SOME).stream()
        .filter(value -> says(value) && suits(form, value))
        .forEach(value -> add(values, form, value));
    boolean hasParts = !form.fields().isEmpty() || form.element().isPresent();
    if (hasParts && values.isEmpty()) {
      values.add(Optional.empty());
    }
    form.wishes(Force.MAY).stream()
        .filter(value -> says(value) && suits(form, value))
        .forEach(value -> add(values, form, value));
    if (form.kind() == Form.Kind.BOOLEAN) {
      add(values, form, BooleanNode.TRUE);
      add(values, form, BooleanNode.FALSE);
    } else if (!values.contains(Optional.<JsonNode>empty())) {
      values.add(Optional.empty());
    }
    for (Force force : List.of(Force.SOME, Force.MAY)) {
      form.wishes(force).stream()
          .filter(value -> !says(value))
          .forEach(value -> add(values, form, value));
    }
    if (!hasParts && form.kind() == Form.Kind.TEXT) {
      add(values, form, TextNode.valueOf("1"));
    }
    form.refused().stream()
        .<Optional<JsonNode>>map(Optional::of)
        .filter(value -> !values.contains(value))
        .forEach(values::add);
    return values;
  }

  private static void add(List<Optional<JsonNode>> values, Form form, JsonNode value) {
    Optional<JsonNode> possible = Optional.of(value);
    if (!values.contains(possible) && !form.refused().contains(value)) {
      values.add(possible);
    }
  }

  /** What has parts is true enough as it is. */
  private static boolean suits(Form form, JsonNode value) {
    boolean hasParts = !form.fields().isEmpty() || form.element().isPresent();
    return !(hasParts && value.isBoolean());
  }

  /** Whether a value says something: emptiness is what templates look out for, not what they hope for. */
  private static boolean says(JsonNode value) {
    boolean isEmptyText = value.isTextual() && value.textValue().isBlank();
    boolean isEmptyList = value.isArray() && value.isEmpty();
    return !value.isNull() && !isEmptyText && !isEmptyList;
  }
}
