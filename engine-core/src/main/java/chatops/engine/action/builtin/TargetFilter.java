package chatops.engine.action.builtin;

import chatops.engine.cloud.ApiRequest;
import chatops.engine.expression.ExpressionException;
import chatops.engine.expression.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One element of {@code Filters}, as the requests that answer it (specification 2.4.1). */
record TargetFilter(ResourceKind kind, JsonNode filter, String regionId) {

  /** Filters in order: nested lists flattened, JSON text read. */
  static List<JsonNode> flatten(JsonNode filters) {
    JsonNode value = filters.isTextual()
        ? JsonText.parseContainer(filters.textValue()).orElse(filters)
        : filters;
    List<JsonNode> flat = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(element -> flat.addAll(flatten(element)));
    } else if (value.isObject()) {
      flat.add(value);
    } else if (!value.isNull()) {
      throw new ExpressionException(
          "Filters: expected targets such as {Type: ResourceIds, ResourceIds: [...]}, found "
              + JsonText.brief(value));
    }
    return flat;
  }

  boolean isById() {
    return type().equals("resourceids");
  }

  List<String> ids() {
    List<String> ids = new ArrayList<>();
    filter.path("ResourceIds").forEach(id -> ids.add(id.asText().strip()));
    return ids.stream().filter(id -> !id.isEmpty()).distinct().toList();
  }

  List<ApiRequest> requests() {
    List<ApiRequest> requests = new ArrayList<>();
    if (isById()) {
      List<String> ids = ids();
      for (int from = 0; from < ids.size(); from += kind.chunk()) {
        ObjectNode parameters = common();
        put(parameters, ids.subList(from, Math.min(ids.size(), from + kind.chunk())));
        requests.add(request(parameters));
      }
      return requests;
    }
    ObjectNode parameters = common();
    switch (type()) {
      case "tags" -> parameters.set("Tags", tags());
      case "resourcegroup" ->
        parameters.put("ResourceGroupId", filter.path("ResourceGroupId").asText());
      case "all" -> {}
      default ->
        throw new ExpressionException("Filters: Type '" + filter.path("Type").asText()
            + "' is unknown; expected ResourceIds, Tags, ResourceGroup or All");
    }
    return List.of(request(parameters));
  }

  private String type() {
    return filter.path("Type").asText("").strip().toLowerCase(Locale.ROOT);
  }

  private ObjectNode common() {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    parameters.put("RegionId", regionId);
    filter.path("Parameters").properties().forEach(e -> {
      if (!e.getValue().isNull()) {
        parameters.set(e.getKey(), e.getValue());
      }
    });
    return parameters;
  }

  private void put(ObjectNode parameters, List<String> ids) {
    switch (kind.form()) {
      case LIST -> {
        ArrayNode list = parameters.putArray(kind.ids());
        ids.forEach(list::add);
      }
      case COMMA_TEXT -> parameters.put(kind.ids(), String.join(",", ids));
      case ONE -> parameters.put(kind.ids(), ids.get(0));
    }
  }

  /** A null value means any value of the key. */
  private ArrayNode tags() {
    ArrayNode tags = JsonNodeFactory.instance.arrayNode();
    for (JsonNode tag : filter.path("Tags")) {
      ObjectNode one = tags.addObject().put("Key", tag.path("Key").asText());
      if (!tag.path("Value").isNull() && !tag.path("Value").isMissingNode()) {
        one.put("Value", tag.path("Value").asText());
      }
    }
    if (tags.isEmpty()) {
      throw new ExpressionException("Filters: Type Tags needs at least one element in Tags");
    }
    return tags;
  }

  private ApiRequest request(ObjectNode parameters) {
    return new ApiRequest(kind.service(), kind.api(), regionId, parameters, null);
  }
}
