package chatops.execution.notify;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chatops.chat.url.UrlGuard;
import chatops.engine.notice.Outbound.HttpCall;
import chatops.engine.notice.OutboundException;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuardedOutboundTest {
  private static final String SECRET =
      "SEC000000000000000000000000000000000000000000000000000000000000000000";
  private static final Instant AT = Instant.ofEpochMilli(1_760_000_000_000L);

  private final WireMockServer peer =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

  @BeforeEach
  void start() {
    peer.start();
    peer.stubFor(any(anyUrl())
        .willReturn(aResponse().withStatus(302).withHeader("Location", "/next").withBody("moved")));
  }

  @AfterEach
  void stop() {
    peer.stop();
  }

  @Test
  void the_robot_signature_is_the_vendors() {
    assertThat(RobotSignature.of(AT.toEpochMilli(), SECRET))
        .isEqualTo("VnA3lfKQr7%2FnNwOYKf6AJ8yf%2Ffl13urdAUTJfiTCy3U%3D");
  }

  @Test
  void a_robot_request_is_signed_and_any_answer_is_handed_back_without_following_it() {
    var answer = outbound(SECRET, true).send(call("/robot/send?access_token=t"));

    var sent = peer.findAll(anyRequestedFor(anyUrl()));
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.body()).isEqualTo("moved".getBytes(StandardCharsets.UTF_8));
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).getUrl())
        .isEqualTo("/robot/send?access_token=t&timestamp=1760000000000"
            + "&sign=VnA3lfKQr7%2FnNwOYKf6AJ8yf%2Ffl13urdAUTJfiTCy3U%3D");
    assertThat(sent.get(0).getBodyAsString()).isEqualTo("{}");
  }

  @Test
  void other_requests_and_robots_without_a_known_secret_are_left_as_they_are() {
    outbound(SECRET, true).send(call("/hook?access_token=t"));
    outbound("", true).send(call("/robot/send?access_token=t"));

    assertThat(peer.findAll(anyRequestedFor(anyUrl())))
        .extracting(request -> request.getUrl())
        .containsExactlyInAnyOrder("/hook?access_token=t", "/robot/send?access_token=t");
  }

  @Test
  void what_the_guard_refuses_is_refused_without_the_url() {
    for (String url : List.of(
        "http://127.0.0.1:1/x?access_token=planted",
        "https://evil.example.com/x?access_token=planted",
        "https://100.100.100.200/x?access_token=planted",
        "https://user@oapi.dingtalk.com/x?access_token=planted",
        "ftp://oapi.dingtalk.com/x?access_token=planted")) {
      OutboundException refused = catchThrowableOfType(
          OutboundException.class,
          () -> outbound("", false)
              .send(new HttpCall(
                  "POST", URI.create(url), Map.of(), new byte[0], Duration.ofSeconds(2))));

      assertThat(refused.fate()).as(url).isEqualTo(OutboundException.Fate.REFUSED);
      assertThat(refused.getMessage()).as(url).doesNotContain("planted");
    }
  }

  @Test
  void a_broken_connection_may_be_tried_again_and_leaks_no_token() {
    peer.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

    OutboundException broken = catchThrowableOfType(
        OutboundException.class,
        () -> outbound("", true).send(call("/robot/send?access_token=planted")));

    assertThat(broken.fate()).isEqualTo(OutboundException.Fate.UNKNOWN);
    assertThat(broken.getMessage()).doesNotContain("planted");
    assertThat(peer.findAll(anyRequestedFor(anyUrl()))).hasSize(1);
  }

  @Test
  void no_verb_that_changes_something_is_sent_twice_by_itself() {
    peer.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
    for (String method : List.of("POST", "PUT", "DELETE")) {
      peer.resetRequests();

      OutboundException broken = catchThrowableOfType(
          OutboundException.class, () -> outbound("", true).send(bare(method, peer.baseUrl())));

      assertThat(broken.fate()).as(method).isEqualTo(OutboundException.Fate.UNKNOWN);
      assertThat(peer.findAll(anyRequestedFor(anyUrl()))).as(method).hasSize(1);
    }
  }

  @Test
  void a_request_that_met_no_listener_was_not_sent() {
    String base = peer.baseUrl();
    peer.stop();

    OutboundException none = catchThrowableOfType(
        OutboundException.class, () -> outbound("", true).send(bare("POST", base)));

    assertThat(none.fate()).isEqualTo(OutboundException.Fate.NOT_SENT);
  }

  private static HttpCall bare(String method, String base) {
    return new HttpCall(
        method, URI.create(base + "/x"), Map.of(), new byte[0], Duration.ofSeconds(30));
  }

  private GuardedOutbound outbound(String secret, boolean loopback) {
    return new GuardedOutbound(
        UrlGuard.of(List.of("oapi.dingtalk.com"), loopback), secret, () -> AT);
  }

  private HttpCall call(String path) {
    return new HttpCall(
        "POST",
        URI.create(peer.baseUrl() + path),
        Map.of("Content-Type", "application/json"),
        "{}".getBytes(StandardCharsets.UTF_8),
        Duration.ofSeconds(30));
  }
}
