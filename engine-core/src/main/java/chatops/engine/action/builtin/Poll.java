package chatops.engine.action.builtin;

import chatops.engine.action.ActionCall;
import chatops.engine.action.Outcome;
import chatops.engine.cloud.ApiException;
import chatops.engine.expression.ExpressionException;
import chatops.engine.expression.JsonText;
import chatops.engine.expression.Matching;
import chatops.engine.expression.Selector;
import chatops.engine.template.Task;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calling until what a selector finds in the answer is as wanted (specification 6 and 7.2).
 *
 * @param wanted values of DesiredValues, NotDesiredValues and StopRetryValues, by name
 * @param map of a web request, with the values of its rules
 * @param defaultRetries where the task gives none
 */
record Poll(ActionCall call, Function<String, JsonNode> wanted, JsonNode map, int defaultRetries) {
  /** What an answer shows: what was found, whether that is as wanted, and what would be. */
  private record Look(List<JsonNode> found, boolean isWanted, String expected) {
    private static final Look NOTHING = new Look(List.of(), false, "an answer");
  }

  private static final String COUNT = "polls";
  // asking again cannot change these, and waiting half an hour for them would hide the reason
  private static final List<String> HOPELESS = List.of(
      "Forbidden",
      "NoPermission",
      "InvalidAccessKeyId",
      "InvalidSecurityToken",
      "SignatureDoesNotMatch",
      "RoleNotAllowed",
      "MissingParameter",
      "InvalidParameter",
      "NoSuchVersion",
      "InvalidAction");

  static Outcome turn(ActionCall call, int defaultRetries) {
    ObjectNode state = call.state();
    Pages.Progress progress = Pages.turn(call, ApiProperties.request(call), state);
    return progress.call() != null
        ? progress.call()
        : new Poll(call, call::property, MissingNode.getInstance(), defaultRetries)
            .judge(progress, state);
  }

  /** What an answer, or a refusal, means for the task. */
  Outcome judge(Pages.Progress progress, ObjectNode state) {
    ApiException error = progress.error();
    JsonNode data = progress.body();
    if (error != null) {
      data = error.body();
      if (data == null && error.verdict() == ApiException.Verdict.FINAL) {
        return failed(error);
      }
    }
    Look look = data == null ? Look.NOTHING : look(data, error == null);
    List<JsonNode> found = look.found();
    boolean hasAnswer = error == null || !found.isEmpty();
    if (hasAnswer && look.isWanted()) {
      return new Outcome.Done(data);
    }
    String last = found.isEmpty() ? "nothing" : shown(found);
    if (hasAnswer && Matching.any(found, list("StopRetryValues"))) {
      return stopped(data, "found " + last + ", which ends the waiting");
    }
    if (error != null && !looksAtErrors(found) && isHopeless(error)) {
      return failed(error);
    }
    return again(
        state,
        error,
        "found " + last,
        look.expected(),
        data == null ? "" : report(Task.PROGRESS, data).asText(""));
  }

  /** The template may know better than the value why it ends. */
  private Outcome stopped(@Nullable JsonNode data, String found) {
    JsonNode reason = data == null ? NullNode.getInstance() : report(Task.STOP_REASON, data);
    return reason.isObject()
        ? new Outcome.Failed(
            reason.path("Code").asText("StopRetryValue"), reason.path("Message").asText(found))
        : new Outcome.Failed(
            "StopRetryValue", reason.asText("").isEmpty() ? found : reason.asText());
  }

  private JsonNode report(String name, JsonNode data) {
    Selector selector = call.task().reports().get(name);
    if (selector == null) {
      return NullNode.getInstance();
    }
    List<JsonNode> said = selector.select(data, call.scope());
    return said.isEmpty() ? NullNode.getInstance() : said.get(0);
  }

  private Outcome again(
      ObjectNode state,
      @Nullable ApiException error,
      String last,
      String expected,
      String progress) {
    Task.Retry retry = call.task().retry();
    int retries = retry.retries() < 0 ? defaultRetries : retry.retries();
    int polls = state.path(COUNT).asInt(0) + 1;
    if (polls > retries) {
      if (error != null) {
        return failed(error);
      }
      return new Outcome.Failed(
          "NotAsDesired", last + " after " + polls + " looks, expected " + expected);
    }
    state.put(COUNT, polls);
    return new Outcome.Sleep(call.now().plus(interval(retry, polls)), state, progress);
  }

  /** The pause before retry {@code k}, from 1. */
  static Duration interval(Task.Retry retry, int k) {
    long seconds = switch (retry.delayType()) {
      case EXPONENTIAL -> k >= 30 ? Integer.MAX_VALUE : 1L << k;
      case CONSTANT -> retry.delay();
      case LINEAR -> retry.delay() + (long) retry.backOff() * k;
    };
    return Duration.ofSeconds(Math.min(seconds, retry.maxRetryInterval()));
  }

  private Look look(JsonNode data, boolean isSuccess) {
    List<Task.Rule> rules = call.task().rules();
    if (!rules.isEmpty()) {
      return comparison(rules, data, isSuccess);
    }
    Selector selector = call.task().propertySelector();
    if (selector == null) {
      throw new ExpressionException(call.task().action() + " needs the property PropertySelector");
    }
    List<JsonNode> found = select(selector, data, isSuccess);
    String desired = text("DesiredValues");
    return new Look(
        found,
        matches(found, isSuccess),
        desired.isEmpty() ? "not " + text("NotDesiredValues") : desired);
  }

  /** All rules must hold; the first that does not is what is told. */
  private Look comparison(List<Task.Rule> rules, JsonNode data, boolean isSuccess) {
    Look last = Look.NOTHING;
    for (Task.Rule rule : rules) {
      List<JsonNode> found = select(rule.selector(), data, isSuccess);
      JsonNode value = rule.value(map);
      boolean holds = switch (rule.operator()) {
        case EQUALS -> Matching.all(found, List.of(value));
        case IN -> Matching.all(found, elements(value));
        case NOT_IN -> isSuccess && Matching.none(found, elements(value));
      };
      last = new Look(found, holds, rule.operator() + " " + JsonText.brief(value));
      if (!holds) {
        return last;
      }
    }
    return last;
  }

  private List<JsonNode> select(Selector selector, JsonNode data, boolean isSuccess) {
    try {
      return selector.select(data, call.scope());
    } catch (ExpressionException e) {
      if (!isSuccess) {
        return List.of();
      }
      throw e;
    }
  }

  private boolean matches(List<JsonNode> found, boolean isSuccess) {
    List<JsonNode> desired = list("DesiredValues");
    if (!desired.isEmpty()) {
      return Matching.all(found, desired);
    }
    List<JsonNode> unwanted = list("NotDesiredValues");
    if (unwanted.isEmpty()) {
      throw new ExpressionException(
          call.task().action() + " needs the property DesiredValues or NotDesiredValues");
    }
    return isSuccess && Matching.none(found, unwanted);
  }

  private String text(String name) {
    JsonNode value = wanted.apply(name);
    return value.isNull() || value.isMissingNode()
        ? ""
        : value.isValueNode() ? value.asText() : value.toString();
  }

  private List<JsonNode> list(String name) {
    return elements(wanted.apply(name));
  }

  /** The elements of a list or of its JSON text; anything else is the only one. */
  private static List<JsonNode> elements(JsonNode value) {
    JsonNode parsed =
        value.isTextual() ? JsonText.parseContainer(value.textValue()).orElse(value) : value;
    List<JsonNode> list = new ArrayList<>();
    if (parsed.isArray()) {
      parsed.forEach(list::add);
    } else if (!parsed.isNull() && !parsed.isMissingNode()) {
      list.add(parsed);
    }
    return list;
  }

  private static boolean looksAtErrors(List<JsonNode> found) {
    return found.stream().anyMatch(value -> !value.isNull());
  }

  private static boolean isHopeless(ApiException error) {
    return HOPELESS.stream().anyMatch(code -> error.code().startsWith(code));
  }

  private static Outcome failed(ApiException error) {
    return new Outcome.Failed(error.code(), String.valueOf(error.getMessage()));
  }

  private static String shown(List<JsonNode> found) {
    return JsonText.brief(
        found.size() == 1 ? found.get(0) : JsonNodeFactory.instance.arrayNode().addAll(found));
  }
}
