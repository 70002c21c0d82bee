package chatops.engine.action.builtin;

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
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows the pages of a reading API and merges them: lists at the same place are joined, everything else is the first
 * page's (specification 12.5). What was read so far is kept in the action's state.
 */
final class Pages {
  private static final int MOST_PAGES = 100;
  private static final int MOST_ELEMENTS = 10_000;
  private static final String STATE = "pages";
  private static final List<String> READS = List.of("Describe", "List", "Query", "Get");
  private static final List<String> GIVEN =
      List.of("PageNumber", "PageSize", "MaxResults", "NextToken");
  // page sizes of the vendor's API pages; others answer in their own default size
  private static final Set<String> HUNDRED =
      Set.of("describeinstances", "describedisks", "describesnapshots", "describeimages");

  private Pages() {}

  /** A call to make next, or the whole answer, or the refusal. */
  record Progress(
      Outcome.@Nullable Call call,
      @Nullable JsonNode body,
      @Nullable ApiException error) {}

  static Progress turn(ActionCall call, ApiRequest request, ObjectNode state) {
    return turn(call.reply(), request, state, isPaged(call, request));
  }

  static Progress turn(
      @Nullable Reply reply, ApiRequest request, ObjectNode state, boolean isPaged) {
    ObjectNode pages = state.withObjectProperty(STATE);
    if (reply instanceof Reply.Refused refused) {
      state.remove(STATE);
      return new Progress(null, null, refused.error());
    }
    if (reply instanceof Reply.Answered answered) {
      JsonNode body = answered.body();
      ObjectNode next = isPaged ? next(body) : null;
      JsonNode merged = pages.has("merged") ? merge(pages.get("merged"), body) : body;
      int count = pages.path("count").asInt(0) + 1;
      if (next == null) {
        state.remove(STATE);
        return new Progress(null, merged, null);
      }
      if (count >= MOST_PAGES || elements(merged) > MOST_ELEMENTS) {
        throw new ExpressionException(request.name() + ": more than " + MOST_PAGES + " pages or "
            + MOST_ELEMENTS + " elements; narrow the request");
      }
      pages.set("merged", merged);
      pages.put("count", count);
      pages.set("next", next);
    }
    return new Progress(new Outcome.Call(at(request, pages, isPaged), state), null, null);
  }

  private static ApiRequest at(ApiRequest request, ObjectNode pages, boolean isPaged) {
    if (!isPaged) {
      return request;
    }
    ObjectNode parameters = request.parameters().deepCopy();
    if (HUNDRED.contains(request.api().toLowerCase(java.util.Locale.ROOT))
        && request.service().equalsIgnoreCase("ECS")) {
      parameters.put("PageSize", 100);
    }
    if (pages.get("next") instanceof ObjectNode next) {
      if (next.has("NextToken")) {
        parameters.remove("PageSize");
      }
      parameters.setAll(next);
    }
    return new ApiRequest(
        request.service(), request.api(), request.regionId(), parameters, request.roa());
  }

  private static boolean isPaged(ActionCall call, ApiRequest request) {
    boolean isRead = request.roa() == null
        ? READS.stream()
            .anyMatch(verb -> request.api().regionMatches(true, 0, verb, 0, verb.length()))
        : request.roa().method().equalsIgnoreCase("GET");
    boolean isGiven = GIVEN.stream().anyMatch(request.parameters()::has);
    return isRead && !isGiven && !call.text("AutoPaging").equalsIgnoreCase("false");
  }

  /** Parameters of the next page; null after the last. */
  private static @Nullable ObjectNode next(JsonNode body) {
    ObjectNode next = JsonNodeFactory.instance.objectNode();
    String token = body.path("NextToken").asText("");
    if (!token.isEmpty()) {
      next.put("NextToken", token);
      int size = body.path("MaxResults").asInt(0);
      if (size > 0) {
        next.put("MaxResults", size);
      }
      return next;
    }
    int number = body.path("PageNumber").asInt(0);
    int size = body.path("PageSize").asInt(0);
    int total = body.path("TotalCount").asInt(0);
    if (number > 0 && size > 0 && (long) number * size < total) {
      next.put("PageNumber", number + 1);
      next.put("PageSize", size);
      return next;
    }
    return null;
  }

  static JsonNode merge(JsonNode first, JsonNode more) {
    if (first instanceof ArrayNode list && more.isArray()) {
      ArrayNode joined = list.deepCopy();
      more.forEach(joined::add);
      return joined;
    }
    if (first instanceof ObjectNode object && more.isObject()) {
      ObjectNode merged = object.deepCopy();
      object.properties().forEach(e -> {
        JsonNode other = more.get(e.getKey());
        if (other != null && e.getValue().isContainerNode()) {
          merged.set(e.getKey(), merge(e.getValue(), other));
        }
      });
      // a place that is only on a later page, or that says where the pages end, is no part of the
      // whole
      if (merged.has("NextToken")) {
        merged.put("NextToken", "");
      }
      return merged;
    }
    return first;
  }

  private static int elements(JsonNode body) {
    int count = body.isArray() ? body.size() : 0;
    if (body.isObject()) {
      for (JsonNode child : body) {
        count += elements(child);
      }
    }
    return count;
  }
}
