package chatops.local.page;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.local.text.Texts;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests are written byte by byte: no HTTP client sends a foreign Host. */
class PageServerTest {
  private static final String SAY =
      "{\"room\":\"slack\",\"person\":\"ann\",\"text\":\"/oos help\"}";

  private final RecordedRooms rooms = new RecordedRooms();
  private final StartToken token = StartToken.fresh(new SecureRandom());
  private PageServer server;
  private String here;

  @BeforeEach
  void start() throws IOException {
    server = new PageServer(0, Texts.in(Language.EN), token);
    server.serve(rooms);
    here = server.address().getAuthority();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_post_with_host_origin_and_token_is_done() throws IOException {
    String answer = post("/say", here, "http://" + here, token.value(), SAY);

    assertThat(answer).startsWith("HTTP/1.1 200");
    assertThat(rooms.asked).containsExactly("say slack ann /oos help");
  }

  @Test
  void a_modal_is_sent_and_closed_and_a_shortcut_is_used() throws IOException {
    String origin = "http://" + here;
    post(
        "/modal",
        here,
        origin,
        token.value(),
        "{\"person\":\"U1\",\"modal\":\"V1\",\"action\":\"submit\",\"values\":{\"p:x\":\"1\"}}");
    post(
        "/modal",
        here,
        origin,
        token.value(),
        "{\"person\":\"U1\",\"modal\":\"V1\",\"action\":\"close\"}");
    post(
        "/shortcut",
        here,
        origin,
        token.value(),
        "{\"person\":\"U1\",\"shortcut\":\"run_template\",\"entry\":\"\"}");

    assertThat(rooms.asked)
        .containsExactly("submit U1 V1 {p:x=1}", "close U1 V1", "shortcut U1 run_template ");
  }

  @Test
  void localhost_is_this_host_too() throws IOException {
    String localhost = here.replace("127.0.0.1", "localhost");

    assertThat(post("/say", localhost, "http://" + localhost, token.value(), SAY))
        .startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example, http://evil.example, right",
    "evil.example, HERE, right",
    "HERE, http://evil.example, right",
    "HERE, http://localhost, right",
    "HERE, null, right",
    "HERE, '', right",
    "HERE, HERE, wrong",
    "HERE, HERE, ''",
  })
  void a_post_with_a_foreign_host_or_origin_or_without_the_token_is_refused(
      String host, String origin, String given) throws IOException {
    String answer = post(
        "/say",
        host.equals("HERE") ? here : host,
        origin.equals("HERE") ? "http://" + here : origin,
        given.equals("right") ? token.value() : given,
        SAY);

    assertThat(answer).startsWith("HTTP/1.1 403").doesNotContain(token.value());
    assertThat(rooms.asked).isEmpty();
  }

  @Test
  void a_token_given_twice_is_refused() throws IOException {
    String twice = token.value() + "\r\nX-Start-Token: " + token.value();

    assertThat(post("/say", here, "http://" + here, twice, SAY)).startsWith("HTTP/1.1 403");
  }

  @ParameterizedTest
  @CsvSource({"/say", "/press", "/shortcut", "/modal"})
  void a_get_changes_nothing(String path) throws IOException {
    String answer = get(path, here, token.value());

    assertThat(answer).startsWith("HTTP/1.1 405");
    assertThat(rooms.asked).isEmpty();
  }

  @Test
  void the_chat_is_not_shown_without_the_token_or_under_a_foreign_name() throws IOException {
    assertThat(get("/state", here, "")).startsWith("HTTP/1.1 403");
    assertThat(get("/state", "evil.example", token.value())).startsWith("HTTP/1.1 403");
    assertThat(get("/state", here, token.value())).startsWith("HTTP/1.1 200");
    assertThat(get("/", "evil.example", "")).startsWith("HTTP/1.1 403");
  }

  @Test
  void a_state_that_is_known_is_not_sent_again() throws IOException {
    assertThat(get("/state?after=6", here, token.value())).startsWith("HTTP/1.1 200");
    assertThat(get("/state?after=7", here, token.value())).startsWith("HTTP/1.1 204");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{",
        "[]",
        "{\"room\":\"slack\"}",
        "{\"room\":1,\"person\":\"ann\",\"text\":\"x\"}",
        "''"
      })
  void a_malformed_post_is_refused_and_does_nothing(String body) throws IOException {
    assertThat(post("/say", here, "http://" + here, token.value(), body))
        .startsWith("HTTP/1.1 400")
        .contains("\"error\"");
    assertThat(rooms.asked).isEmpty();
  }

  @Test
  void an_oversized_post_is_refused() throws IOException {
    String body = "{\"room\":\"slack\",\"person\":\"ann\",\"text\":\"" + "x".repeat(20_000) + "\"}";

    assertThat(post("/say", here, "http://" + here, token.value(), body))
        .startsWith("HTTP/1.1 400")
        .contains("16384");
  }

  @ParameterizedTest
  @CsvSource({"/", "/page.css", "/page.js", "/slack.js", "/dingtalk.js", "/dom.js", "/icon.svg"})
  void every_file_of_the_page_is_served_under_a_strict_policy(String path) throws IOException {
    assertThat(get(path, here, ""))
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("content-security-policy: default-src 'none'; script-src 'self'")
        .containsIgnoringCase("x-content-type-options: nosniff");
  }

  @Test
  void files_outside_the_page_are_not_served() throws IOException {
    assertThat(get("/../PageServer.class", here, token.value())).startsWith("HTTP/1.1 404");
    assertThat(get("/PageServer.class", here, token.value())).startsWith("HTTP/1.1 404");
  }

  @Test
  void the_page_has_no_inline_script_or_style() throws IOException {
    assertThat(get("/", here, ""))
        .doesNotContain("style=")
        .doesNotContainPattern("<script[^>]*>[^<]")
        .doesNotContain("onclick");
  }

  private String get(String path, String host, String given) throws IOException {
    return exchange("GET " + path, host, "X-Start-Token: " + given + "\r\n", "");
  }

  private String post(String path, String host, String origin, String given, String body)
      throws IOException {
    String headers = (origin.isEmpty() ? "" : "Origin: " + origin + "\r\n")
        + (given.isEmpty() ? "" : "X-Start-Token: " + given + "\r\n")
        + "Content-Type: application/json\r\n";
    return exchange("POST " + path, host, headers, body);
  }

  private String exchange(String line, String host, String headers, String body)
      throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
      socket.setSoTimeout(10_000);
      String request = line + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + headers
          + "Content-Length: " + body.length() + "\r\n\r\n" + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
