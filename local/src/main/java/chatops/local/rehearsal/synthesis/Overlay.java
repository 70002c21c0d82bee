package chatops.local.rehearsal.synthesis;

import chatops.local.rehearsal.reading.Form;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Completes the answer of a played service: what it does not say, and what was chosen to be otherwise. */
public final class Overlay {
  private final Choices choices;

  public Overlay(Choices choices) {
    this.choices = choices;
  }

  public JsonNode over(JsonNode played, JsonNode made, Form given) {
    Form form = given.meant();
    if (played instanceof ObjectNode object && made.isObject()) {
      for (Map.Entry<String, Form> field : form.fields().entrySet()) {
        JsonNode more = made.path(field.getKey());
        if (!object.has(field.getKey())) {
          object.set(field.getKey(), more);
        } else {
          object.set(field.getKey(), over(object.get(field.getKey()), more, field.getValue()));
        }
      }
      return object;
    }
    if (played instanceof ArrayNode list && made.isArray() && form.element().isPresent()) {
      if (choices.isChosen(form) && list.size() > made.size()) {
        while (list.size() > made.size()) {
          list.remove(list.size() - 1);
        }
      }
      for (int i = 0; i < list.size() && !made.isEmpty(); i++) {
        JsonNode like = made.path(Math.min(i, made.size() - 1));
        list.set(i, over(list.get(i), like, form.element().get()));
      }
      return list;
    }
    return choices.isChosen(form) ? made : played;
  }
}
