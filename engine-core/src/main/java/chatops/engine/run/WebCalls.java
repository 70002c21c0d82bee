package chatops.engine.run;

import chatops.engine.action.Reply;
import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.expression.JsonText;
import chatops.engine.notice.Outbound;
import chatops.engine.notice.OutboundException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Web requests of templates as calls: sent through the guard, answered like an API. A 2xx answer is a success, its body JSON
 * or else text; any other status is an error named {@code HTTP<status>} whose body a selector may read.
 */
final class WebCalls {
  private WebCalls() {}

  static Reply send(Outbound outbound, ApiRequest request, Duration timeout) {
    ApiRequest.Roa web = request.roa();
    if (web == null) {
      throw new IllegalStateException(request.name() + " has no address");
    }
    try {
      return read(request, outbound.send(message(web, timeout)));
    } catch (OutboundException e) {
      ApiException.Verdict verdict = switch (e.fate()) {
        case REFUSED -> ApiException.Verdict.FINAL;
        case NOT_SENT -> ApiException.Verdict.NOT_PROCESSED;
        case UNKNOWN -> ApiException.Verdict.UNKNOWN;
      };
      return refused(request, "Unreachable", String.valueOf(e.getMessage()), 0, verdict, null);
    }
  }

  private static Outbound.HttpCall message(ApiRequest.Roa web, Duration timeout) {
    Map<String, String> headers = new LinkedHashMap<>();
    web.headers().properties().forEach(e -> headers.put(e.getKey(), e.getValue().asText()));
    String body = web.body() == null ? "" : web.body();
    return new Outbound.HttpCall(
        web.method(),
        URI.create(web.uri()),
        headers,
        body.getBytes(StandardCharsets.UTF_8),
        timeout);
  }

  private static Reply read(ApiRequest request, Outbound.HttpAnswer answer) {
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    JsonNode body = text.isBlank()
        ? NullNode.getInstance()
        : JsonText.parse(text).orElseGet(() -> TextNode.valueOf(text));
    int status = answer.status();
    return status >= 200 && status <= 299
        ? new Reply.Answered(body)
        : refused(
            request,
            "HTTP" + status,
            "the address answered HTTP " + status,
            status,
            verdict(status),
            body);
  }

  /** 429 says that nothing was done; a server's or a gateway's failure says nothing about it. */
  private static ApiException.Verdict verdict(int status) {
    if (status == 429) {
      return ApiException.Verdict.NOT_PROCESSED;
    }
    return status >= 500 || status == 408
        ? ApiException.Verdict.UNKNOWN
        : ApiException.Verdict.FINAL;
  }

  private static Reply refused(
      ApiRequest request,
      String code,
      String message,
      int status,
      ApiException.Verdict verdict,
      @org.jspecify.annotations.Nullable JsonNode body) {
    return new Reply.Refused(
        new ApiException(request.name(), code, message, "", status, verdict, body));
  }
}
