package chatops.local.rehearsal.reading;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the tasks of one template can name while it is read, in any letter case. */
final class Frame {
  /** What a task gives to later ones. */
  record Given(Form result, Map<String, Form> outputs) {}

  private final JsonNode document;
  private final Map<String, Form> parameters = new LinkedHashMap<>();
  private final Map<String, Given> tasks = new LinkedHashMap<>();
  private @Nullable Form item;

  Frame(JsonNode document) {
    this.document = document;
  }

  /** A frame that sees what this one sees and adds tasks of its own. */
  Frame inner(Form loopItem) {
    Frame inner = new Frame(document);
    inner.parameters.putAll(parameters);
    inner.tasks.putAll(tasks);
    inner.item = loopItem;
    return inner;
  }

  JsonNode document() {
    return document;
  }

  void parameter(String name, Form form) {
    parameters.put(name, form);
  }

  void task(String name, Given given) {
    tasks.put(name, given);
  }

  void item(@Nullable Form form) {
    item = form;
  }

  Form item() {
    return item == null ? new Form("item") : item;
  }

  Optional<Form> parameter(String name) {
    return find(parameters, name);
  }

  Optional<Given> task(String name) {
    return find(tasks, name);
  }

  Optional<JsonNode> condition(String name) {
    return Optional.ofNullable(document.path("Conditions").get(name));
  }

  static <V> Optional<V> find(Map<String, V> named, String name) {
    V exact = named.get(name);
    return exact != null
        ? Optional.of(exact)
        : named.entrySet().stream()
            .filter(entry -> entry.getKey().equalsIgnoreCase(name))
            .map(Map.Entry::getValue)
            .findFirst();
  }
}
