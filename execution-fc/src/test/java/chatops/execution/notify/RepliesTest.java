package chatops.execution.notify;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Platform;
import chatops.chat.render.Message;
import chatops.chat.render.Message.Mark;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.reply.Seal;
import chatops.chat.rights.ConfigurationJson;
import chatops.chat.rights.LiveRights;
import chatops.chat.slack.SlackClient;
import chatops.chat.url.UrlGuard;
import chatops.engine.store.memory.InMemoryExecutionStore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepliesTest {
  private static final String ID = "exec-00000000000000000000000000";
  private static final Message MESSAGE = Message.of(Mark.SUCCESS, "done");

  private String webhook = "";
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Seal seal = new Seal("k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
  private final List<String> lost = new ArrayList<>();
  private final WireMockServer peer =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

  @BeforeEach
  void start() {
    peer.start();
    peer.stubFor(any(anyUrl()).willReturn(aResponse().withBody("ok")));
  }

  @AfterEach
  void stop() {
    peer.stop();
  }

  @Test
  void a_response_url_takes_four_messages_and_then_the_last_one() throws IOException {
    Replies replies = replies(false);
    Letter question = new Letter(MESSAGE, "", false, false, false);
    for (int i = 0; i < 4; i++) {
      assertThat(send(replies, address(), question).isDelivered()).isTrue();
    }

    assertThat(send(replies, address(), question).state()).isEqualTo(Delivery.State.DEAD);
    assertThat(send(replies, address(), Letter.open(MESSAGE)).isDelivered()).isTrue();
    assertThat(send(replies, address(), Letter.open(MESSAGE)).state())
        .isEqualTo(Delivery.State.DEAD);
    assertThat(posts("/hook")).hasSize(5);
  }

  @Test
  void a_response_url_older_than_thirty_minutes_is_not_tried() throws IOException {
    ReplyAddress address = address();
    now = now.plus(Duration.ofMinutes(30));

    assertThat(send(replies(false), address, Letter.open(MESSAGE)).detail()).contains("30 minutes");
    assertThat(posts("/hook")).isEmpty();
  }

  @Test
  void replace_original_is_always_said_and_true_only_for_a_button() throws IOException {
    Replies replies = replies(false);
    send(replies, address(), Letter.open(MESSAGE));
    send(replies, address(), Letter.instead(MESSAGE));
    send(replies, address(Platform.SLACK, true), Letter.instead(MESSAGE));

    assertThat(posts("/hook"))
        .extracting(post -> post.get("replace_original").asBoolean())
        .containsExactly(false, false, true);
  }

  @Test
  void a_used_up_url_is_dead_and_throttling_may_pass() throws IOException {
    peer.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404).withBody("used_url")));
    Delivery dead = send(replies(false), address(), Letter.open(MESSAGE));
    peer.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(429)));
    Delivery failed = send(replies(false), address(), Letter.open(MESSAGE));

    assertThat(dead.state()).isEqualTo(Delivery.State.DEAD);
    assertThat(dead.detail()).contains("used_url");
    assertThat(failed.state()).isEqualTo(Delivery.State.FAILED);
  }

  @Test
  void with_a_bot_token_one_message_is_posted_and_then_edited() throws IOException {
    peer.stubFor(any(anyUrl()).willReturn(okJson("{\"ok\":true,\"ts\":\"1.2\"}")));
    Replies replies = replies(true);
    send(replies, address(), new Letter(MESSAGE, ID, false, false, false));
    send(replies, address(), new Letter(MESSAGE, ID, false, false, true));

    assertThat(posts("/api/chat.postMessage")).hasSize(1);
    assertThat(posts("/api/chat.update").get(0).path("ts").asText()).isEqualTo("1.2");
    assertThat(posts("/hook")).isEmpty();
  }

  @Test
  void where_the_bot_is_not_in_the_channel_the_response_url_is_used() throws IOException {
    peer.stubFor(any(urlPathEqualTo("/api/chat.postMessage"))
        .willReturn(okJson("{\"ok\":false,\"error\":\"not_in_channel\"}")));

    assertThat(send(replies(true), address(), Letter.open(MESSAGE)).isDelivered())
        .isTrue();
    assertThat(posts("/hook")).hasSize(1);
  }

  @Test
  void dingtalk_success_is_errcode_zero() throws IOException {
    peer.stubFor(any(anyUrl()).willReturn(okJson("{\"errcode\":0}")));
    Delivery done = send(replies(false), address(Platform.DINGTALK, false), Letter.open(MESSAGE));
    peer.stubFor(
        any(anyUrl()).willReturn(okJson("{\"errcode\":130101,\"errmsg\":\"send too fast\"}")));
    Delivery fast = send(replies(false), address(Platform.DINGTALK, false), Letter.open(MESSAGE));
    peer.stubFor(
        any(anyUrl()).willReturn(okJson("{\"errcode\":310000,\"errmsg\":\"sign not match\"}")));
    Delivery wrong = send(replies(false), address(Platform.DINGTALK, false), Letter.open(MESSAGE));

    assertThat(done.isDelivered()).isTrue();
    assertThat(fast.isDelivered()).as("it is kept until the robot is let go").isTrue();
    assertThat(wrong.state()).isEqualTo(Delivery.State.DEAD);
    assertThat(posts("/hook").get(0).path("msgtype").asText()).isEqualTo("markdown");
  }

  @Test
  void an_address_of_another_execution_does_not_open() {
    String sealed = seal.seal(address(), "exec-11111111111111111111111111");

    Delivery delivery = replies(false).send(sealed, ID, Platform.SLACK, Letter.open(MESSAGE));

    assertThat(delivery.state()).isEqualTo(Delivery.State.DEAD);
    assertThat(delivery.detail()).doesNotContain("/hook");
  }

  private Replies replies(boolean hasBot) {
    UrlGuard guard = UrlGuard.of(List.of("hooks.slack.com"), true);
    SlackWebApi web = hasBot
        ? new SlackWebApi(
            new SlackClient(guard, peer.baseUrl() + "/api/", "xoxb-planted"),
            () -> now,
            time -> now = now.plus(time))
        : null;
    Digests digests = new Digests(
        new InMemoryExecutionStore(() -> now).shared(),
        seal,
        new DingTalkPosts(guard, "", "", null, () -> now),
        () -> now,
        (execution, at, detail) -> lost.add(detail));
    LiveRights rights = LiveRights.fixed(
        ConfigurationJson.of(Map.of(
            "version",
            1L,
            "regions",
            Map.of("default", "cn-hangzhou", "allowed", List.of("cn-hangzhou")))),
        () -> now);
    DingTalkReplies dingtalk =
        new DingTalkReplies(null, digests, rights, false, Map.of(), () -> now);
    return new Replies(
        seal,
        new SlackReplies(guard, web, webhook, () -> now, time -> now = now.plus(time)),
        dingtalk);
  }

  private Delivery send(Replies replies, ReplyAddress address, Letter letter) {
    return replies.send(seal.seal(address, ID), ID, address.platform(), letter);
  }

  private ReplyAddress address() {
    return address(Platform.SLACK, false);
  }

  private ReplyAddress address(Platform platform, boolean replaceable) {
    return new ReplyAddress(
        platform,
        "T1",
        "C1",
        "U1",
        peer.baseUrl() + "/hook",
        Instant.parse("2026-01-01T00:30:00Z"),
        platform == Platform.SLACK ? 5 : 0,
        replaceable);
  }

  private List<JsonNode> posts(String path) throws IOException {
    List<JsonNode> posts = new ArrayList<>();
    for (var request : peer.findAll(anyRequestedFor(urlPathEqualTo(path)))) {
      posts.add(new ObjectMapper().readTree(request.getBody()));
    }
    return posts;
  }
}
