package chatops.execution.aliyun;

import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.cloud.ApiResponse;
import chatops.engine.cloud.Session;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Sends what services with a protocol of their own (OSS, MNS, Function Compute 2) want, and reads their answers: XML and JSON
 * as JSON, anything else under {@code data}. Thread-safe.
 */
final class OwnProtocol {
  private final HttpClient http;
  private final Consumer<Session> expired;

  /** One signed request. */
  record Signed(String method, String url, String host, Map<String, String> headers, byte[] body) {}

  OwnProtocol(HttpClient http, Consumer<Session> expired) {
    this.http = http;
    this.expired = expired;
  }

  ApiResponse send(ApiRequest request, Signed signed, Session session, Duration timeout) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(java.net.URI.create(signed.url()))
        .method(
            signed.method(),
            signed.body().length == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.ofByteArray(signed.body()));
    signed.headers().forEach(builder::setHeader);
    try {
      return read(request, Exchange.send(http, builder.build(), timeout.toMillis()), session);
    } catch (IOException e) {
      throw ErrorTranslation.unanswered(request.name(), signed.host(), e);
    }
  }

  private ApiResponse read(ApiRequest request, HttpResponse<byte[]> answer, Session session) {
    JsonNode body = AnswerBody.read(answer.body()).orElse(null);
    String id = id(answer);
    if (answer.statusCode() / 100 == 2) {
      if (body == null) {
        body = JsonNodeFactory.instance
            .objectNode()
            .put("data", new String(answer.body(), StandardCharsets.UTF_8));
      }
      return new ApiResponse(body, id);
    }
    ApiException failure = ErrorTranslation.answered(
        request.name(), answer.statusCode(), unwrapped(body), id, session);
    if (ErrorTranslation.isExpiredSession(failure.code())) {
      expired.accept(session);
    }
    throw failure;
  }

  /** {@code <Error><Code>…} as {@code {"Code": …}}, so that selectors find errors of all services at one place. */
  private static @org.jspecify.annotations.Nullable JsonNode unwrapped(
      @org.jspecify.annotations.Nullable JsonNode body) {
    boolean isWrapped = body instanceof ObjectNode && body.path("Error").isObject();
    ObjectNode named = JsonNodeFactory.instance.objectNode();
    if (body != null && body.hasNonNull("ErrorCode")) {
      named.setAll((ObjectNode) body);
      named.set("Code", body.path("ErrorCode"));
      named.set("Message", body.path("ErrorMessage"));
      return named;
    }
    return isWrapped && body != null ? body.path("Error") : body;
  }

  private static String id(HttpResponse<byte[]> answer) {
    for (String name : new String[] {"x-oss-request-id", "x-mns-request-id", "x-fc-request-id"}) {
      String id = answer.headers().firstValue(name).orElse("");
      if (!id.isEmpty()) {
        return id;
      }
    }
    return "";
  }
}
