package chatops.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.fc.runtime.StreamRequestHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileRequestTest {
  private static final int LIMIT = 1000;

  private final AtomicInteger handled = new AtomicInteger();
  private final StreamRequestHandler handler = (in, out, context) -> {
    handled.incrementAndGet();
    in.transferTo(out);
  };
  private Running function;

  HostileRequestTest() throws IOException {
    function = new Running(handler, options -> options.withMaxBodyBytes(LIMIT).withConcurrency(2));
  }

  @BeforeEach
  void nothing_handled_yet() {
    assertThat(handled).hasValue(0);
  }

  @AfterEach
  void the_server_still_serves() throws Exception {
    int before = handled.get();
    assertThat(function.send(function.event("still here")).body()).isEqualTo("still here");
    assertThat(handled).hasValue(before + 1);
    function.close();
  }

  static Stream<Case> requests() {
    return Case.of("/cases/hostile.json");
  }

  @ParameterizedTest
  @MethodSource("requests")
  void never_reaches_the_handler(Case given) throws IOException {
    String answer = RawHttp.exchange(function.port(), given.text("request"));

    assertThat(answer).matches("(?s)" + given.text("answer"));
    assertThat(handled).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /invoke HTTP/1.1\r\nHost: 127.0.0.1:9000\r\nOrigin: https://evil.example",
        "POST /invoke HTTP/1.1\r\nHost: localhost:9000\r\nSec-Fetch-Site: cross-site",
        "POST /invoke HTTP/1.1\r\nHost: rebound.example:9000",
        "POST /x HTTP/1.1\r\nHost: rebound.example:9000\r\nx-fc-control-path: /invoke",
        "POST /initialize HTTP/1.1\r\nHost: rebound.example",
        "GET /pre-stop HTTP/1.1\r\nHost: 127.0.0.1:9000\r\nSec-Fetch-Site: cross-site",
      })
  void a_web_page_gets_no_event_to_a_function_on_this_machine(String head) throws IOException {
    String answer = RawHttp.exchange(
        function.port(), head + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");

    assertThat(answer).startsWith("HTTP/1.1 403");
    assertThat(handled).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /invoke HTTP/1.1",
        "POST /invoke HTTP/1.1\r\nx-caller-token: guess",
        "POST /invoke HTTP/1.1\r\nx-caller-token: right\r\nx-caller-token: right",
        "POST /x HTTP/1.1\r\nx-fc-control-path: /invoke",
        "GET /pre-stop HTTP/1.1",
      })
  void another_user_of_this_machine_gets_no_event_to_a_function_that_knows_its_caller(String head)
      throws Exception {
    try (Running known = new Running(handler, options -> options.withCallerToken("right"))) {
      String rest = "\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";

      assertThat(RawHttp.exchange(known.port(), head + rest)).startsWith("HTTP/1.1 403");
      assertThat(handled).hasValue(0);
      assertThat(RawHttp.exchange(
              known.port(), "POST /invoke HTTP/1.1\r\nx-caller-token: right" + rest))
          .startsWith("HTTP/1.1 200");
      handled.set(0);
    }
  }

  @Test
  void a_body_at_the_limit_passes() throws Exception {
    assertThat(function.send(function.event("x".repeat(LIMIT))).statusCode()).isEqualTo(200);
  }

  @Test
  void a_body_over_the_limit_is_refused_before_it_is_sent() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), function.port())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              "POST /invoke HTTP/1.1\r\nHost: localhost:9000\r\nContent-Length: 99999999999\r\n\r\n"
                  .getBytes(StandardCharsets.UTF_8));

      String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8);

      assertThat(answer).isEqualTo("HTTP/1.1 413");
      assertThat(handled).hasValue(0);
    }
  }

  @Test
  void a_chunked_body_over_the_limit_is_refused() throws IOException {
    String answer = RawHttp.exchange(
        function.port(),
        "POST /invoke HTTP/1.1\r\nHost: localhost:9000\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n"
            + "x".repeat(1001) + "\r\n0\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 413").contains("the body exceeds 1000 bytes");
    assertThat(handled).hasValue(0);
  }
}
