package chatops.local.rehearsal.synthesis;

import chatops.engine.action.builtin.ResourceKind;
import chatops.local.rehearsal.reading.MadeUpText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The answer of the API behind a selection of targets: what templates read under {@code Instances.Instance} stands where the
 * API itself has it, with the id the API calls it by.
 */
final class SelectedResources {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ResourceKind kind;
  private final MadeUpText texts;

  SelectedResources(ResourceKind kind, MadeUpText texts) {
    this.kind = kind;
    this.texts = texts;
  }

  ObjectNode of(JsonNode made) {
    ObjectNode body = made instanceof ObjectNode map ? map : JSON.objectNode();
    JsonNode normal = body.path("Instances").path("Instance");
    ObjectNode parent = body;
    int depth = kind.root().size() - 1;
    for (String field : kind.root().subList(0, depth)) {
      if (!parent.path(field).isObject()) {
        parent.remove(field);
      }
      parent = parent.withObjectProperty(field);
    }
    String last = kind.root().get(depth);
    if (!parent.path(last).isArray()) {
      ArrayNode one = JSON.arrayNode();
      one.addObject();
      parent.set(last, normal.isArray() ? normal.deepCopy() : one);
    }
    int number = 1;
    for (JsonNode element : parent.path(last)) {
      if (element instanceof ObjectNode resource && !resource.has(kind.id())) {
        String id = texts.of(kind.id(), number);
        resource.put(kind.id(), resource.path("InstanceId").asText(id));
      }
      number++;
    }
    return body;
  }
}
