package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A selector that only walks: {@code .a.b[0].c[]?}. Nine of ten selectors are one. It differs from jq in one point:
 * {@code []} on null gives no results instead of an error, because API answers leave empty containers out.
 */
final class PlainPath implements Program {
  private static final Pattern STEP = Pattern.compile(
      "(?:\\.([A-Za-z_][A-Za-z0-9_]*)|\\.?\\[(?:(-?\\d{1,9})|\"([^\"\\\\]*)\")?\\])(\\?)?");

  /** {@code index} counts only when {@code name} is null; both absent means iterate. */
  private record Step(Kind kind, String name, int index, boolean optional) {
    enum Kind {
      FIELD,
      INDEX,
      ITERATE
    }
  }

  private final String text;
  private final List<Step> steps;

  private PlainPath(String text, List<Step> steps) {
    this.text = text;
    this.steps = List.copyOf(steps);
  }

  /** The program, or empty when {@code text} (with its leading dot) is more than a path. */
  static Optional<Program> of(String text) {
    List<Step> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        return Optional.empty();
      }
      // `a.[0]` is not jq 1.6; only a path that starts with a bracket has the dot before it
      if (at > 0 && text.startsWith(".[", at)) {
        return Optional.empty();
      }
      if (at == 0 && text.charAt(0) == '[') {
        return Optional.empty();
      }
      steps.add(step(matcher));
      at = matcher.end();
    }
    return steps.isEmpty() ? Optional.empty() : Optional.of(new PlainPath(text, steps));
  }

  private static Step step(Matcher matcher) {
    boolean optional = matcher.group(4) != null;
    String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(3);
    if (name != null) {
      return new Step(Step.Kind.FIELD, name, 0, optional);
    }
    String index = matcher.group(2);
    return index == null
        ? new Step(Step.Kind.ITERATE, "", 0, optional)
        : new Step(Step.Kind.INDEX, "", Integer.parseInt(index), optional);
  }

  @Override
  public List<JsonNode> run(JsonNode input, Map<String, JsonNode> variables) {
    List<JsonNode> values = List.of(input);
    for (Step step : steps) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode value : values) {
        advance(step, value, next);
      }
      values = next;
    }
    return values;
  }

  private void advance(Step step, JsonNode value, List<JsonNode> results) {
    switch (step.kind()) {
      case FIELD -> {
        if (value.isObject() || value.isNull()) {
          results.add(orNull(value.path(step.name())));
        } else if (!step.optional()) {
          throw failed("cannot read field \"" + step.name() + "\" of " + Jq.typeOf(value));
        }
      }
      case INDEX -> {
        if (value.isArray() || value.isNull()) {
          int index = step.index() < 0 ? value.size() + step.index() : step.index();
          results.add(index < 0 ? NullNode.getInstance() : orNull(value.path(index)));
        } else if (!step.optional()) {
          throw failed("cannot read element " + step.index() + " of " + Jq.typeOf(value));
        }
      }
      case ITERATE -> {
        if (value.isContainerNode()) {
          value.forEach(results::add);
        } else if (!value.isNull() && !step.optional()) {
          throw failed("cannot iterate over " + Jq.typeOf(value));
        }
      }
    }
  }

  private static JsonNode orNull(JsonNode value) {
    return value instanceof MissingNode ? NullNode.getInstance() : value;
  }

  private JqException failed(String why) {
    return new JqException("jq '" + text + "': " + why);
  }
}
