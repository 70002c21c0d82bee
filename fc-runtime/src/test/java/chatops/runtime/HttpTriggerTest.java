package chatops.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.fc.runtime.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HttpTriggerTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00.123456Z");
  private static final String OK = "{\"statusCode\":200}";

  static Stream<Case> events() {
    return Case.of("/cases/http-event.json");
  }

  static Stream<Case> answers() {
    return Case.of("/cases/http-answer.json");
  }

  private static byte[] raw(Case given) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(
        bytes(given.text("head") + "x-fc-request-id: r-1\r\nConnection: close\r\n\r\n"));
    request.writeBytes(
        given.has("bodyBase64")
            ? Base64.getDecoder().decode(given.text("bodyBase64"))
            : bytes(given.text("body")));
    return request.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("events")
  void a_raw_request_becomes_the_event_of_a_managed_runtime(Case given) throws IOException {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    String answer;
    try (Running function = new Running(
        (in, out, context) -> {
          seen.add(text(in));
          out.write(bytes(OK));
        },
        options -> options.withClock(InstantSource.fixed(NOW)))) {
      answer = RawHttp.exchange(function.port(), raw(given));
    }

    if (given.has("refused")) {
      assertThat(answer).startsWith("HTTP/1.1 " + given.number("refused"));
      assertThat(seen).isEmpty();
      return;
    }
    assertThat(answer).startsWith("HTTP/1.1 200");
    String json = seen.remove();
    assertThat(json).doesNotContain("hidden");
    assertEvent(
        new Case((Map<?, ?>) Objects.requireNonNull(JsonReader.read(json))), given.part("event"));
  }

  private static void assertEvent(Case event, Case expected) {
    Map<Object, Object> headers = new TreeMap<>((Map<?, ?>) event.value("headers"));
    assertThat(headers.remove("Connection")).isEqualTo("close");
    assertThat(headers).isEqualTo(expected.value("headers"));
    assertThat(event.value("version")).isEqualTo("v1");
    for (String field : List.of("rawPath", "queryParameters", "body", "isBase64Encoded")) {
      assertThat(event.value(field)).as(field).isEqualTo(expected.value(field));
    }
    Map<Object, Object> context = new TreeMap<>((Map<?, ?>) event.value("requestContext"));
    Map<Object, Object> http =
        new TreeMap<>((Map<?, ?>) Objects.requireNonNull(context.remove("http")));
    assertThat(context)
        .isEqualTo(Map.of(
            "accountId",
            expected.has("accountId") ? expected.text("accountId") : "",
            "domainName",
            expected.text("domainName"),
            "domainPrefix",
            expected.text("domainPrefix"),
            "requestId",
            "r-1",
            "time",
            "2026-11-20T08:00:00.123Z",
            "timeEpoch",
            "1795161600123"));
    assertThat(http)
        .isEqualTo(Map.of(
            "method", expected.text("method"),
            "path", expected.text("path"),
            "protocol", "HTTP/1.1",
            "sourceIp", expected.text("sourceIp"),
            "userAgent", expected.text("userAgent")));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void an_answer_is_mapped_back_or_becomes_502(Case given) throws Exception {
    try (Running function =
        new Running((in, out, context) -> out.write(bytes(given.text("output"))))) {
      HttpResponse<String> answer = function.send(function.request("/page"));

      assertThat(answer.statusCode()).isEqualTo(given.number("status"));
      assertThat(answer.headers().firstValue("x-fc-status")).hasValue(given.text("fc"));
      ((Map<?, ?>) given.value("headers"))
          .forEach((header, value) -> assertThat(
                  String.join("|", answer.headers().allValues((String) header)))
              .isEqualTo(value));
      if (given.has("body")) {
        assertThat(answer.body()).isEqualTo(given.text("body"));
      } else {
        assertThat(answer.body()).contains(given.text("contains")).doesNotContain("secret");
        assertThat(function.log()).contains("[ERROR]").doesNotContain("secret");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("events")
  void a_handler_that_takes_requests_as_they_are_sees_what_the_event_says(Case given)
      throws IOException {
    BlockingQueue<HttpTriggerHandler.Request> seen = new LinkedBlockingQueue<>();

    String answer;
    try (Running function = new Running(new Direct(one -> {
      seen.add(one);
      return new HttpTriggerHandler.Answer(200, Map.of(), new byte[0]);
    }))) {
      answer = RawHttp.exchange(function.port(), raw(given));
    }

    if (given.has("refused")) {
      assertThat(answer).startsWith("HTTP/1.1 " + given.number("refused"));
      assertThat(seen).isEmpty();
      return;
    }
    assertThat(answer).startsWith("HTTP/1.1 200");
    HttpTriggerHandler.Request one = seen.remove();
    Case event = given.part("event");
    Map<Object, Object> headers = new TreeMap<>(one.headers());
    assertThat(headers.remove("Connection")).isEqualTo("close");
    assertThat(headers).isEqualTo(event.value("headers"));
    assertThat(one.path()).isEqualTo(event.value("rawPath"));
    assertThat(one.query()).isEqualTo(event.value("queryParameters"));
    assertThat(one.method()).isEqualTo(event.text("method"));
    assertThat(one.body())
        .isEqualTo(
            Boolean.TRUE.equals(event.value("isBase64Encoded"))
                ? Base64.getDecoder().decode(event.text("body"))
                : bytes(event.text("body")));
  }

  @Test
  void such_a_handler_answers_without_json_and_by_the_same_rules() throws Exception {
    assertThat(direct(201, Map.of("X-A", "b"), "page").statusCode()).isEqualTo(201);
    assertThat(direct(201, Map.of("X-A", "b"), "page").headers().firstValue("X-A"))
        .hasValue("b");
    assertThat(direct(200, Map.of(), "页").body()).isEqualTo("页");
    assertThat(direct(99, Map.of(), "").statusCode()).isEqualTo(502);
    assertThat(direct(200, Map.of("X-A", "a\r\nX-B: c"), "").statusCode()).isEqualTo(502);
    assertThat(direct(200, Map.of("X-A", "a".repeat(8192 - 6)), "").statusCode())
        .isEqualTo(502);
    try (Running function = new Running(new Direct(one -> {
      throw new IllegalStateException("at the database of ann");
    }))) {
      HttpResponse<String> answer = function.send(function.request("/"));
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body()).doesNotContain("database");
      assertThat(function.log()).contains("at the database of ann", "FC Invoke End");
      assertThat(function.send(function.event("an event")).body()).isEqualTo("an event");
    }
  }

  private static HttpResponse<String> direct(int status, Map<String, String> headers, String body)
      throws Exception {
    try (Running function = new Running(
        new Direct(one -> new HttpTriggerHandler.Answer(status, headers, bytes(body))))) {
      return function.send(function.request("/"));
    }
  }

  /** Its events come back as they are. */
  private record Direct(Function<Request, Answer> answers) implements HttpTriggerHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
        throws IOException {
      in.transferTo(out);
    }

    @Override
    public Answer answer(Request request, Context context) {
      return answers.apply(request);
    }
  }

  @Test
  void headers_up_to_8_kb_pass_and_more_becomes_502() throws Exception {
    // "X-A" and four bytes of punctuation
    assertThat(statusWithHeaderOf(8192 - 7)).isEqualTo(200);
    assertThat(statusWithHeaderOf(8192 - 6)).isEqualTo(502);
  }

  private static int statusWithHeaderOf(int length) throws Exception {
    String output = "{\"statusCode\":200,\"headers\":{\"X-A\":\"" + "a".repeat(length) + "\"}}";
    try (Running function = new Running((in, out, context) -> out.write(bytes(output)))) {
      return function.send(function.request("/")).statusCode();
    }
  }

  @Test
  void a_head_request_is_answered_without_a_body() throws Exception {
    try (Running function = new Running(
        (in, out, context) -> out.write(bytes("{\"statusCode\":200,\"body\":\"page\"}")))) {
      HttpResponse<String> answer =
          function.send(function.request("/").method("HEAD", HttpRequest.BodyPublishers.noBody()));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEmpty();
    }
  }

  @Test
  void a_handler_that_throws_answers_502_without_detail() throws Exception {
    try (Running function = new Running((in, out, context) -> {
      throw new IllegalStateException("at the database of ann");
    })) {
      HttpResponse<String> answer =
          function.send(function.request("/").header("x-fc-request-id", "r-9"));

      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.headers().firstValue("x-fc-status")).hasValue("404");
      assertThat(answer.body()).contains("r-9").doesNotContain("database", "IllegalState");
      assertThat(function.log())
          .contains("r-9 [ERROR] java.lang.IllegalStateException: at the database of ann");
    }
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
