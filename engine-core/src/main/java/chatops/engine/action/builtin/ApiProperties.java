package chatops.engine.action.builtin;

import chatops.engine.action.ActionCall;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.expression.ExpressionException;
import chatops.engine.expression.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The properties that ExecuteAPI, WaitFor and CheckFor share, as a request (specification 7.1 and 12.3). */
final class ApiProperties {
  private ApiProperties() {}

  static ApiRequest request(ActionCall call) {
    String service = required(call, "Service");
    String api = required(call, "API");
    ObjectNode parameters = map(call, "Parameters");
    String region = parameters.path("RegionId").asText("");
    return new ApiRequest(
        service, api, region.isBlank() ? call.regionId() : region, parameters, roa(call, api));
  }

  private static ApiRequest.@org.jspecify.annotations.Nullable Roa roa(
      ActionCall call, String api) {
    String method = call.text("Method");
    String uri = call.text("URI");
    if (method.isEmpty() && uri.isEmpty()) {
      return null;
    }
    String verb = method.isEmpty() ? "GET" : method;
    JsonNode body = call.property("Body");
    String text = body.isNull() ? null : body.isTextual() ? body.asText() : body.toString();
    return new ApiRequest.Roa(verb, uri.isEmpty() ? "/" + api : uri, map(call, "Headers"), text);
  }

  /** A map property without its null entries, at every level; text that holds a JSON map is read. */
  static ObjectNode map(ActionCall call, String name) {
    JsonNode value = call.property(name);
    JsonNode map =
        value.isTextual() ? JsonText.parseContainer(value.textValue()).orElse(value) : value;
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    if (map instanceof ObjectNode object) {
      object.properties().forEach(e -> {
        if (!e.getValue().isNull()) {
          result.set(e.getKey(), JsonText.withoutNulls(e.getValue()));
        }
      });
    } else if (map.isContainerNode() ? !map.isEmpty() : !map.asText("").isBlank()) {
      throw new ExpressionException(name + ": expected a map, found " + JsonText.described(value));
    }
    return result;
  }

  static String required(ActionCall call, String name) {
    String text = call.text(name);
    if (text.isBlank()) {
      throw new ExpressionException(call.task().action() + " needs the property " + name);
    }
    return text.strip();
  }
}
