package chatops.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.fc.runtime.Context;
import com.aliyun.fc.runtime.FunctionInitializer;
import com.aliyun.fc.runtime.PreStopHandler;
import com.aliyun.fc.runtime.StreamRequestHandler;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FunctionServerTest {
  private static final StreamRequestHandler ECHO = (in, out, context) -> in.transferTo(out);

  @Test
  void an_event_reaches_the_handler_as_it_is_and_the_output_comes_back() throws Exception {
    try (Running function = new Running(ECHO)) {
      HttpResponse<String> answer =
          function.send(function.event("{\"a\":\"重启\"}").header("x-fc-request-id", "r-1"));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"a\":\"重启\"}");
      assertThat(answer.headers().firstValue("x-fc-status")).hasValue("200");
      assertThat(function.log().lines())
          .containsExactly("FC Invoke Start RequestId: r-1", "FC Invoke End RequestId: r-1");
    }
  }

  @Test
  void the_control_path_says_what_a_request_is() throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    StreamRequestHandler handler = (in, out, context) -> {
      events.add(new String(in.readAllBytes(), UTF_8));
      out.write("{\"statusCode\":200}".getBytes(UTF_8));
    };
    try (Running function = new Running(handler)) {
      function.send(function.event("x"));
      assertThat(events.remove()).isEqualTo("x");

      function.send(function.event("x").header("x-fc-control-path", "/http-invoke"));
      assertThat(events.remove()).contains("\"rawPath\":\"/invoke\"");

      function.send(function
          .request("/other")
          .POST(HttpRequest.BodyPublishers.ofString("y"))
          .header("x-fc-control-path", "/invoke"));
      assertThat(events.remove()).isEqualTo("y");

      function.send(function.request("/invoke"));
      assertThat(events.remove()).contains("\"method\":\"GET\"");
    }
  }

  @Test
  void the_context_comes_from_the_headers_of_the_request() throws Exception {
    BlockingQueue<Context> contexts = new LinkedBlockingQueue<>();
    try (Running function = new Running((in, out, context) -> contexts.add(context))) {
      function.send(function
          .event("")
          .header("x-fc-request-id", "r-1")
          .header("x-fc-access-key-id", "STS.a")
          .header("x-fc-access-key-secret", "secret-a")
          .header("x-fc-security-token", "token-a")
          .header("x-fc-function-name", "chatops-execution")
          .header("x-fc-function-handler", "chatops.Handler::handleRequest")
          .header("x-fc-function-timeout", "600")
          .header("x-fc-function-memory", "1024")
          .header("x-fc-service-name", "svc")
          .header("x-fc-qualifier", "LATEST")
          .header("x-fc-version-id", "3")
          .header("x-fc-retry-count", "2"));
    }

    Context context = contexts.remove();
    assertThat(context.getRequestId()).isEqualTo("r-1");
    assertThat(context.getExecutionCredentials().getAccessKeyId()).isEqualTo("STS.a");
    assertThat(context.getExecutionCredentials().getAccessKeySecret()).isEqualTo("secret-a");
    assertThat(context.getExecutionCredentials().getSecurityToken()).isEqualTo("token-a");
    assertThat(context.getExecutionCredentials().toString()).doesNotContain("-a", "STS");
    assertThat(context.getFunctionParam().getFunctionName()).isEqualTo("chatops-execution");
    assertThat(context.getFunctionParam().getFunctionHandler())
        .isEqualTo("chatops.Handler::handleRequest");
    assertThat(context.getFunctionParam().getExecTimeLimitInMillis()).isEqualTo(600_000);
    assertThat(context.getFunctionParam().getMemoryLimitInMB()).isEqualTo(1024);
    assertThat(context.getService().getName()).isEqualTo("svc");
    assertThat(context.getService().getQualifier()).isEqualTo("LATEST");
    assertThat(context.getService().getVersionId()).isEqualTo("3");
    assertThat(context.getRetryCount()).isEqualTo(2);
  }

  @Test
  void what_no_header_says_comes_from_the_environment_or_is_empty() throws Exception {
    BlockingQueue<Context> contexts = new LinkedBlockingQueue<>();
    Map<String, String> environment = Map.of("FC_FUNCTION_NAME", "front", "FC_TIMEOUT", "10");
    try (Running function = new Running(
        (in, out, context) -> contexts.add(context),
        options -> options.withEnvironment(environment))) {
      function.send(function.event("").header("x-fc-request-id", "forged id"));
      function.send(function.event("").header("x-fc-function-timeout", "2147483647"));
    }

    Context context = contexts.remove();
    assertThat(context.getRequestId()).matches("[0-9a-f-]{36}");
    assertThat(context.getExecutionCredentials().getSecurityToken()).isEmpty();
    assertThat(context.getFunctionParam().getFunctionName()).isEqualTo("front");
    assertThat(context.getFunctionParam().getFunctionInitializer()).isEmpty();
    assertThat(context.getFunctionParam().getExecTimeLimitInMillis()).isEqualTo(10_000);
    assertThat(context.getService().getName()).isEmpty();
    assertThat(context.getTracing().getSpanContext()).isEmpty();
    assertThat(context.getTracing().getSpanBaggages()).isEmpty();
    assertThat(context.getTracing().getJaegerEndpoint()).isEmpty();
    assertThat(context.getRetryCount()).isZero();
    assertThat(contexts.remove().getFunctionParam().getExecTimeLimitInMillis())
        .isEqualTo(86_400_000);
  }

  @Test
  void a_handler_that_throws_fails_the_invocation_without_detail() throws Exception {
    StreamRequestHandler handler = (in, out, context) -> {
      out.write("half an answer".getBytes(UTF_8));
      throw new NoClassDefFoundError("with secret-a and token-a\nFC Invoke End RequestId: forged");
    };
    try (Running function = new Running(handler)) {
      HttpResponse<String> answer = function.send(function
          .event("x")
          .header("x-fc-request-id", "r-1")
          .header("x-fc-access-key-secret", "secret-a")
          .header("x-fc-security-token", "token-a"));

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.headers().firstValue("x-fc-status")).hasValue("404");
      assertThat(answer.body())
          .isEqualTo("{\"errorType\":\"UnhandledInvocationError\","
              + "\"errorMessage\":\"the function failed; see the log of request r-1\"}");
      assertThat(function.log()).contains("NoClassDefFoundError: with *** and ***\\nFC Invoke End");
      assertThat(function.log().lines())
          .hasSize(3)
          .noneMatch(line -> line.startsWith("FC Invoke End RequestId: forged"));
    }
  }

  @Test
  void the_log_of_an_invocation_has_one_short_line_per_entry() throws Exception {
    Instant now = Instant.parse("2026-11-20T08:00:00Z");
    StreamRequestHandler handler = (in, out, context) -> {
      context.getLogger().debug("unseen");
      context.getLogger().info("two\nlines");
      context.getLogger().warn("x".repeat(50_000));
    };
    try (Running function =
        new Running(handler, options -> options.withClock(InstantSource.fixed(now)))) {
      function.send(function.event("").header("x-fc-request-id", "r-1"));

      assertThat(function.log().lines()).hasSize(4).noneMatch(line -> line.length() > 11_000);
      assertThat(function.log())
          .contains("2026-11-20T08:00:00Z r-1 [INFO] two\\nlines")
          .doesNotContain("unseen");
    }
  }

  private static final class Hooked
      implements StreamRequestHandler, FunctionInitializer, PreStopHandler {
    private final AtomicInteger initialized = new AtomicInteger();
    private final AtomicInteger stopped = new AtomicInteger();

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) {}

    @Override
    public void initialize(Context context) {
      initialized.incrementAndGet();
      throw new IllegalStateException("no network yet");
    }

    @Override
    public void preStop(Context context) {
      stopped.incrementAndGet();
    }
  }

  @Test
  void the_initializer_runs_once_and_never_fails_the_instance() throws Exception {
    Hooked handler = new Hooked();
    try (Running function = new Running(handler)) {
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> answer = function.send(function
            .request("/initialize")
            .POST(HttpRequest.BodyPublishers.noBody())
            .header("x-fc-request-id", "r-1"));
        assertThat(answer.statusCode()).isEqualTo(200);
      }
      function.server.initialize();

      assertThat(handler.initialized).hasValue(1);
      assertThat(function.log()).contains("FC Initialize Start RequestId: r-1", "no network yet");
      assertThat(function.send(function.event("")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void pre_stop_calls_the_hook() throws Exception {
    Hooked handler = new Hooked();
    try (Running function = new Running(handler)) {
      assertThat(function.send(function.request("/pre-stop")).statusCode()).isEqualTo(200);

      assertThat(handler.stopped).hasValue(1);
    }
  }
}
