package chatops.engine.action.builtin;

import chatops.engine.action.Action;
import chatops.engine.action.ActionCall;
import chatops.engine.action.Outcome;
import chatops.engine.action.Reply;
import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.expression.ExpressionException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code ACS::SelectTargets}: the resources that filters name, as the product's Describe API shows them, and whatever the
 * type also under {@code Instances.Instance[]} with an {@code InstanceId} (specification 7.8).
 */
final class SelectTargets implements Action {
  private static final int MOST_TARGETS = 1000;
  private static final String DONE = "requestsDone";
  private static final String FOUND = "found";

  @Override
  public String name() {
    return "ACS::SelectTargets";
  }

  @Override
  public boolean mayLoop() {
    return false;
  }

  @Override
  public Outcome turn(ActionCall call) {
    ResourceKind kind = kind(call);
    List<TargetFilter> filters = filters(call, kind);
    List<ApiRequest> requests = new ArrayList<>();
    filters.forEach(filter -> requests.addAll(filter.requests()));
    ObjectNode state = call.state();
    ArrayNode found = state.withArrayProperty(FOUND);
    Reply reply = call.reply();
    int done = state.path(DONE).asInt(0);
    while (done < requests.size()) {
      Pages.Progress progress = Pages.turn(reply, requests.get(done), state, true);
      if (progress.call() != null) {
        return progress.call();
      }
      if (progress.error() != null) {
        return failed(progress.error());
      }
      JsonNode body = progress.body();
      if (body != null) {
        at(body, kind.root()).forEach(found::add);
      }
      done++;
      state.put(DONE, done);
      reply = null;
    }
    return select(kind, filters, found);
  }

  private static ResourceKind kind(ActionCall call) {
    String type = ApiProperties.required(call, "ResourceType");
    return ResourceKind.find(type)
        .orElseThrow(() ->
            new ExpressionException("ResourceType '" + type + "' is not supported; supported: "
                + String.join(
                    ", ", ResourceKind.ALL.stream().map(ResourceKind::type).toList())));
  }

  private static List<TargetFilter> filters(ActionCall call, ResourceKind kind) {
    String own = call.text("RegionId").strip();
    return TargetFilter.flatten(call.property("Filters")).stream()
        .map(filter -> {
          String named = filter.path("RegionId").asText("").strip();
          String region = own.isEmpty() ? named : own;
          return new TargetFilter(kind, filter, region.isEmpty() ? call.regionId() : region);
        })
        .toList();
  }

  private static Outcome failed(ApiException error) {
    return new Outcome.Failed(error.code(), String.valueOf(error.getMessage()));
  }

  private static Outcome select(ResourceKind kind, List<TargetFilter> filters, ArrayNode found) {
    Map<String, JsonNode> byId = new LinkedHashMap<>();
    for (JsonNode resource : found) {
      byId.putIfAbsent(resource.path(kind.id()).asText(), resource);
    }
    Map<String, JsonNode> selected = new LinkedHashMap<>();
    List<String> wanted = new ArrayList<>();
    for (TargetFilter filter : filters) {
      // ids keep the caller's order; the API answers in its own
      for (String id : filter.isById() ? filter.ids() : List.<String>of()) {
        wanted.add(id);
        JsonNode resource = byId.get(id);
        if (resource != null) {
          selected.put(id, resource);
        }
      }
    }
    byId.forEach(selected::putIfAbsent);
    if (!wanted.isEmpty() && wanted.size() == ids(filters) && selected.isEmpty()) {
      return new Outcome.Failed(
          "TargetsNotFound",
          "none of " + String.join(", ", wanted.subList(0, Math.min(10, wanted.size())))
              + " exists in " + filters.get(0).regionId() + " or meets the filter");
    }
    if (selected.size() > MOST_TARGETS) {
      return new Outcome.Failed(
          "TooManyTargets",
          selected.size() + " targets are selected, at most " + MOST_TARGETS
              + " are possible; narrow the filter");
    }
    return new Outcome.Done(result(kind, selected));
  }

  /** How many ids the filters name; -1 when one of them selects in another way. */
  private static int ids(List<TargetFilter> filters) {
    boolean isAllById = filters.stream().allMatch(TargetFilter::isById);
    return isAllById ? filters.stream().mapToInt(f -> f.ids().size()).sum() : -1;
  }

  private static ObjectNode result(ResourceKind kind, Map<String, JsonNode> selected) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    ArrayNode natural = JsonNodeFactory.instance.arrayNode();
    ArrayNode normal = JsonNodeFactory.instance.arrayNode();
    selected.forEach((id, resource) -> {
      natural.add(resource);
      ObjectNode instance = resource.deepCopy();
      normal.add(instance.put("InstanceId", id));
    });
    result.put("TotalCount", selected.size());
    ObjectNode parent = result;
    for (String field : kind.root().subList(0, kind.root().size() - 1)) {
      parent = parent.withObjectProperty(field);
    }
    parent.set(kind.root().get(kind.root().size() - 1), natural);
    result.withObjectProperty("Instances").set("Instance", normal);
    return result;
  }

  private static JsonNode at(JsonNode body, List<String> path) {
    JsonNode node = body;
    for (String field : path) {
      node = node.path(field);
    }
    return node;
  }
}
