package chatops.engine.action.builtin;

import chatops.engine.action.Action;
import chatops.engine.action.ActionCall;
import chatops.engine.action.Outcome;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.expression.ExpressionException;
import chatops.engine.expression.JsonText;
import chatops.engine.template.Task;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * {@code ACS::ExecuteHttpRequest}: one web request, or, with WaitFor or CheckFor, a look at its answer until it is as wanted
 * (specification 7.14). GET and HEAD are reads; any other verb is an effect that is never repeated on a guess. The answer's
 * body is the result: JSON, or text where it is none.
 */
final class ExecuteHttpRequest implements Action {
  @Override
  public String name() {
    return "ACS::ExecuteHttpRequest";
  }

  @Override
  public boolean mayLoop() {
    return true;
  }

  @Override
  public Outcome turn(ActionCall call) {
    ObjectNode state = call.state();
    Pages.Progress progress = Pages.turn(call.reply(), request(call), state, false);
    JsonNode waiting = look(call, "WaitFor");
    JsonNode checking = look(call, "CheckFor");
    if (progress.call() != null) {
      return progress.call();
    }
    if (waiting.isObject()) {
      return new Poll(call, waiting::path, waiting, WaitFor.RETRIES).judge(progress, state);
    }
    if (checking.isObject()) {
      return new Poll(call, checking::path, checking, 0).judge(progress, state);
    }
    return progress.error() == null
        ? new Outcome.Done(progress.body())
        : new Outcome.Failed(
            progress.error().code(), String.valueOf(progress.error().getMessage()));
  }

  /** What the answer is held against, a map or its JSON text; else nothing would be looked at, and nobody would know. */
  private static JsonNode look(ActionCall call, String name) {
    JsonNode value = call.property(name);
    JsonNode look =
        value.isTextual() ? JsonText.parseContainer(value.textValue()).orElse(value) : value;
    boolean isNone = look.isNull()
        || look.isMissingNode()
        || (look.isTextual() && look.textValue().isBlank());
    if (!isNone && !look.isObject()) {
      throw new ExpressionException(name + ": expected a map, found " + JsonText.described(value));
    }
    return look;
  }

  private static ApiRequest request(ActionCall call) {
    String given = call.text("Method").strip().toUpperCase(Locale.ROOT);
    String method = given.isEmpty() ? "POST" : given;
    if (!Task.WEB_METHODS.contains(method)) {
      throw new ExpressionException("Method '" + given + "': expected one of " + Task.WEB_METHODS);
    }
    boolean isRead = method.equals("GET") || method.equals("HEAD");
    String body = body(call.property("Body"));
    if (isRead && !body.isEmpty()) {
      throw new ExpressionException(
          "Body: a " + method + " request carries none; use Query, or Method POST");
    }
    URI address = address(call);
    ObjectNode headers = headers(call);
    if (!body.isEmpty()
        && headers.properties().stream()
            .noneMatch(e -> e.getKey().equalsIgnoreCase("Content-Type"))) {
      headers.put("Content-Type", "application/json; charset=utf-8");
    }
    return new ApiRequest(
        ApiRequest.WEB,
        method + " " + address.getHost(),
        call.regionId(),
        JsonNodeFactory.instance.objectNode(),
        new ApiRequest.Roa(method, address.toString(), headers, isRead ? null : body));
  }

  private static URI address(ActionCall call) {
    String url = ApiProperties.required(call, "URL");
    StringJoiner query = new StringJoiner("&");
    ApiProperties.map(call, "Query")
        .properties()
        .forEach(
            e -> query.add(encoded(e.getKey()) + "=" + encoded(JsonText.of(e.getValue(), ""))));
    String more = query.toString();
    String joint = more.isEmpty() ? "" : url.contains("?") ? "&" : "?";
    try {
      URI address = URI.create(url + joint + more);
      if (address.getHost() != null) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // the parser's message quotes the address, which may carry a token
      throw new ExpressionException(
          "URL is not a web address; write https://<host>/<path> with special characters percent-encoded",
          e);
    }
    throw new ExpressionException("URL is not a web address: it names no host");
  }

  private static ObjectNode headers(ActionCall call) {
    ObjectNode headers = JsonNodeFactory.instance.objectNode();
    ApiProperties.map(call, "Headers").properties().forEach(e -> {
      String value = JsonText.of(e.getValue(), "");
      if ((e.getKey() + value).chars().anyMatch(c -> c < ' ')) {
        throw new ExpressionException(
            "Headers: " + e.getKey().strip() + " has a control character");
      }
      headers.put(e.getKey(), value);
    });
    return headers;
  }

  private static String body(JsonNode body) {
    return body.isNull() || body.isMissingNode()
        ? ""
        : body.isTextual() ? body.textValue() : JsonText.withoutNulls(body).toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
