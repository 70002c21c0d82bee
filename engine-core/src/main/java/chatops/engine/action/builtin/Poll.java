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
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calling an API until what a selector finds in its answer is as wanted (specification 6 and 7.2). */
final class Poll {
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

  private Poll() {}

  static Outcome turn(ActionCall call, int defaultRetries) {
    ObjectNode state = call.state();
    Pages.Progress progress = Pages.turn(call, ApiProperties.request(call), state);
    if (progress.call() != null) {
      return progress.call();
    }
    ApiException error = progress.error();
    JsonNode data = progress.body();
    if (error != null) {
      data = error.body();
      if (data == null && error.verdict() == ApiException.Verdict.FINAL) {
        return failed(error);
      }
    }
    List<JsonNode> found = data == null ? List.of() : select(call, data, error != null);
    boolean hasAnswer = error == null || !found.isEmpty();
    if (hasAnswer && matches(call, found, error == null)) {
      return new Outcome.Done(data);
    }
    String last = found.isEmpty() ? "nothing" : shown(found);
    if (hasAnswer && Matching.any(found, list(call, "StopRetryValues"))) {
      return new Outcome.Failed("StopRetryValue", "found " + last + ", which ends the waiting");
    }
    if (error != null && !looksAtErrors(found) && isHopeless(error)) {
      return failed(error);
    }
    return again(call, state, defaultRetries, error, last);
  }

  private static Outcome again(
      ActionCall call,
      ObjectNode state,
      int defaultRetries,
      @Nullable ApiException error,
      String last) {
    Task.Retry retry = call.task().retry();
    int retries = retry.retries() < 0 ? defaultRetries : retry.retries();
    int polls = state.path(COUNT).asInt(0) + 1;
    if (polls > retries) {
      if (error != null) {
        return failed(error);
      }
      String wanted = call.text("DesiredValues");
      String unwanted = wanted.isEmpty() ? "not " + call.text("NotDesiredValues") : wanted;
      return new Outcome.Failed(
          "NotAsDesired", "found " + last + " after " + polls + " looks, expected " + unwanted);
    }
    state.put(COUNT, polls);
    return new Outcome.Sleep(call.now().plus(interval(retry, polls)), state);
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

  private static List<JsonNode> select(ActionCall call, JsonNode data, boolean isError) {
    Selector selector = call.task().propertySelector();
    if (selector == null) {
      throw new ExpressionException(call.task().action() + " needs the property PropertySelector");
    }
    try {
      return selector.select(data, call.scope());
    } catch (ExpressionException e) {
      if (isError) {
        return List.of();
      }
      throw e;
    }
  }

  private static boolean matches(ActionCall call, List<JsonNode> found, boolean isSuccess) {
    List<JsonNode> wanted = list(call, "DesiredValues");
    if (!wanted.isEmpty()) {
      return Matching.all(found, wanted);
    }
    List<JsonNode> unwanted = list(call, "NotDesiredValues");
    if (unwanted.isEmpty()) {
      throw new ExpressionException(
          call.task().action() + " needs the property DesiredValues or NotDesiredValues");
    }
    return isSuccess && Matching.none(found, unwanted);
  }

  private static List<JsonNode> list(ActionCall call, String name) {
    JsonNode value = call.property(name);
    JsonNode parsed =
        value.isTextual() ? JsonText.parseContainer(value.textValue()).orElse(value) : value;
    List<JsonNode> list = new ArrayList<>();
    if (parsed.isArray()) {
      parsed.forEach(list::add);
    } else if (!parsed.isNull()) {
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
