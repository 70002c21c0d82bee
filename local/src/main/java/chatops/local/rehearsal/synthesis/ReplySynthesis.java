package chatops.local.rehearsal.synthesis;

import chatops.local.rehearsal.reading.Form;
import chatops.local.rehearsal.reading.MadeUpText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers made of what templates read of them. Remembers what it made, so that equal things stay equal. One per run. */
public final class ReplySynthesis {
  private static final int MOST_TRIES = 400;

  private final Choices choices;
  private final MadeUpText texts;
  private final Map<Form, JsonNode> made = new IdentityHashMap<>();
  private int answers;

  public ReplySynthesis(Choices choices, String region) {
    this.choices = choices;
    this.texts = new MadeUpText(region);
  }

  /** Something that is known before the first call, such as a parameter. */
  public void know(Form form, JsonNode value) {
    made.put(form.meant(), value);
  }

  /** An answer that fits, with other values in one part or two where the first does not; the first when none does. */
  public JsonNode answer(Asked asked) {
    JsonNode first = body(asked, choices);
    if (asked.fits().test(first)) {
      return first;
    }
    List<Choices> others = others(openParts(asked.form()));
    for (Choices other : others.subList(0, Math.min(others.size(), MOST_TRIES))) {
      JsonNode body = body(asked, other);
      if (asked.fits().test(body)) {
        return body;
      }
    }
    return body(asked, choices);
  }

  /** One part otherwise, then two. */
  private List<Choices> others(List<Form> parts) {
    List<Choices> single = new ArrayList<>();
    List<Choices> pairs = new ArrayList<>();
    for (Form part : parts) {
      for (int i = 0; i < Choices.possible(part).size(); i++) {
        Choices one = choices.with(part, i);
        single.add(one);
        for (Form more : parts.subList(parts.indexOf(part) + 1, parts.size())) {
          for (int j = 0;
              pairs.size() < MOST_TRIES && j < Choices.possible(more).size();
              j++) {
            pairs.add(one.with(more, j));
          }
        }
      }
    }
    single.addAll(pairs);
    return single;
  }

  private JsonNode body(Asked asked, Choices with) {
    JsonNode value = new ReplyMaking(
            asked.request().parameters(), with, texts, made, asked.references())
        .make(asked.form(), 1);
    boolean isUnread = asked.form().kind() == Form.Kind.ANY && value.isTextual();
    JsonNode plain = isUnread ? JsonNodeFactory.instance.objectNode() : value;
    JsonNode body = asked
        .selection()
        .<JsonNode>map(kind -> new SelectedResources(kind, texts).of(plain))
        .orElse(plain);
    if (body instanceof ObjectNode object && !object.has("RequestId")) {
      object.put("RequestId", "simulated-" + ++answers);
    }
    return body;
  }

  /** Parts of an answer that may have more than one value. */
  public static List<Form> openParts(Form form) {
    Set<Form> parts = new LinkedHashSet<>();
    collect(form.meant(), parts, new LinkedHashSet<>());
    return new ArrayList<>(parts);
  }

  private static void collect(Form form, Set<Form> parts, Set<Form> seen) {
    if (!seen.add(form) || form.known().isPresent()) {
      return;
    }
    List<Optional<JsonNode>> possible = Choices.possible(form);
    if (possible.size() > 1) {
      parts.add(form);
    }
    form.fields().values().forEach(field -> collect(field.meant(), parts, seen));
    form.element().ifPresent(element -> collect(element.meant(), parts, seen));
    form.inside().ifPresent(inside -> collect(inside.meant(), parts, seen));
  }
}
