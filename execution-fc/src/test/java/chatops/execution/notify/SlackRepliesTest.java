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
import chatops.chat.slack.SlackClient;
import chatops.chat.url.UrlGuard;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of Slack's doors a letter takes, and when. */
class SlackRepliesTest {
  private static final String POST = "/api/chat.postMessage";
  private static final String UPDATE = "/api/chat.update";
  private static final String WHISPER = "/api/chat.postEphemeral";
  private static final Message SHORT = Message.of(Mark.SUCCESS, "ended");
  private static final Letter RESULT = new Letter(
          Message.of(Mark.SUCCESS, "ended").withCode("all of it"), "exec", false, false, true)
      .summed(SHORT);
  private static final Letter PROGRESS = Letter.progress(Message.of(Mark.RUNNING, "at it"), "exec");

  private final Instant start = Instant.parse("2026-01-01T00:00:00Z");
  private Instant now = start;
  private final WireMockServer peer =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

  @BeforeEach
  void serve() {
    peer.start();
    peer.stubFor(any(anyUrl()).willReturn(aResponse().withBody("ok")));
    answers(POST, okJson("{\"ok\":true,\"ts\":\"1.1\"}"));
    answers(UPDATE, okJson("{\"ok\":true,\"ts\":\"1.1\"}"));
    answers(WHISPER, okJson("{\"ok\":true}"));
  }

  @AfterEach
  void stop() {
    peer.stop();
  }

  @Test
  void progress_is_one_message_edited_in_place_and_the_result_stands_in_its_thread()
      throws IOException {
    SlackReplies replies = replies(true, "");
    Sent first = replies.send(address("C1"), PROGRESS, Correspondence.NONE);
    pass(3);
    Sent second = replies.send(address("C1"), PROGRESS, first.known());
    pass(3);
    Sent last = replies.send(address("C1"), RESULT, second.known());

    assertThat(last.isDelivered()).isTrue();
    assertThat(posts(UPDATE)).hasSize(2);
    assertThat(posts(UPDATE).get(1).toString()).contains("ended").doesNotContain("all of it");
    assertThat(posts(POST)).hasSize(2);
    JsonNode result = posts(POST).get(1);
    assertThat(result.path("thread_ts").asText()).isEqualTo("1.1");
    assertThat(result.toString()).contains("all of it", "<@U1>");
    assertThat(posts("/hook")).isEmpty();
  }

  @Test
  void a_result_without_a_message_before_it_is_one_message() throws IOException {
    Sent sent = replies(true, "").send(address("C1"), RESULT, Correspondence.NONE);

    assertThat(posts(POST)).hasSize(1);
    assertThat(posts(POST).get(0).toString()).contains("all of it");
    assertThat(posts(POST).get(0).has("thread_ts")).isFalse();
    assertThat(sent.known().message("exec")).isEqualTo("1.1");
  }

  @Test
  void another_process_goes_on_with_the_same_message() throws IOException {
    String memory = replies(true, "")
        .send(address("C1"), PROGRESS, Correspondence.NONE)
        .known()
        .toString();

    replies(true, "").send(address("C1"), RESULT, Correspondence.read(memory));

    assertThat(posts(UPDATE).get(0).path("ts").asText()).isEqualTo("1.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"message_not_found", "cant_update_message", "edit_window_closed"})
  void where_the_message_is_gone_the_whole_result_is_posted_anew(String error) throws IOException {
    SlackReplies replies = replies(true, "");
    Sent first = replies.send(address("C1"), PROGRESS, Correspondence.NONE);
    answers(UPDATE, okJson("{\"ok\":false,\"error\":\"" + error + "\"}"));
    answers(POST, okJson("{\"ok\":true,\"ts\":\"2.2\"}"));
    pass(3);

    Sent last = replies.send(address("C1"), RESULT, first.known());

    assertThat(posts(POST).get(1).toString()).contains("all of it").doesNotContain("thread_ts");
    assertThat(last.known().message("exec")).isEqualTo("2.2");
  }

  @Test
  void slack_is_left_alone_as_long_as_it_wants_and_no_other_way_is_taken() throws IOException {
    SlackReplies replies = replies(true, peer.baseUrl() + "/services/x");
    answers(POST, aResponse().withStatus(429).withHeader("Retry-After", "30"));

    Delivery throttled =
        replies.send(address("C1"), RESULT, Correspondence.NONE).delivery();
    answers(POST, okJson("{\"ok\":true,\"ts\":\"1.1\"}"));
    pass(29 - 6);
    Delivery early = replies.send(address("C1"), RESULT, Correspondence.NONE).delivery();
    pass(7);
    Delivery after = replies.send(address("C1"), RESULT, Correspondence.NONE).delivery();

    assertThat(throttled.state()).isEqualTo(Delivery.State.FAILED);
    assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(early.retryAfter()).isPositive();
    assertThat(after.isDelivered()).isTrue();
    assertThat(posts(POST)).hasSize(2);
    assertThat(posts("/hook")).isEmpty();
    assertThat(posts("/services/x")).isEmpty();
  }

  @Test
  void posts_in_a_channel_are_a_second_apart_and_who_would_wait_long_comes_again()
      throws IOException {
    SlackReplies replies = replies(true, "");
    List<Instant> sentAt = new ArrayList<>();
    Delivery last = Delivery.DONE;
    for (int i = 0; i < 4; i++) {
      last =
          replies.send(address("C1"), Letter.open(SHORT), Correspondence.NONE).delivery();
      sentAt.add(now);
    }
    Instant before = now;
    replies.send(address("C2"), Letter.open(SHORT), Correspondence.NONE);

    assertThat(last.isDelivered()).isTrue();
    assertThat(sentAt)
        .containsExactly(start, start.plusSeconds(1), start.plusSeconds(2), start.plusSeconds(3));
    assertThat(now).isEqualTo(before);
  }

  @Test
  void progress_makes_room_for_what_tells_an_end() throws IOException {
    SlackReplies replies = replies(true, "");
    Correspondence known =
        replies.send(address("C1"), PROGRESS, Correspondence.NONE).known();
    replies.send(address("C1"), PROGRESS, known);
    replies.send(address("C1"), PROGRESS, known);
    replies.send(address("C1"), PROGRESS, known);
    assertThat(posts(UPDATE)).hasSize(1);

    assertThat(replies.send(address("C1"), RESULT, known).isDelivered()).isTrue();
    assertThat(posts(UPDATE)).hasSize(2);
  }

  @Test
  void progress_costs_no_post_of_a_response_url() throws IOException {
    answers(POST, okJson("{\"ok\":false,\"error\":\"not_in_channel\"}"));

    replies(true, "").send(address("C1"), PROGRESS, Correspondence.NONE);

    assertThat(posts("/hook")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"not_in_channel", "channel_not_found", "token_revoked", "is_archived"})
  void where_the_bot_cannot_post_the_response_url_is_used(String error) throws IOException {
    answers(POST, okJson("{\"ok\":false,\"error\":\"" + error + "\"}"));

    assertThat(
            replies(true, "").send(address("C1"), RESULT, Correspondence.NONE).isDelivered())
        .isTrue();
    assertThat(posts("/hook").get(0).path("response_type").asText()).isEqualTo("in_channel");
  }

  @Test
  void posts_to_a_response_url_are_counted_from_one_process_to_the_next() throws IOException {
    Letter question = new Letter(SHORT, "", false, false, false);
    Correspondence known = Correspondence.NONE;
    for (int i = 0; i < 4; i++) {
      known = Correspondence.read(
          replies(false, "").send(address("C1"), question, known).known().toString());
    }

    assertThat(
            replies(false, "").send(address("C1"), question, known).delivery().state())
        .isEqualTo(Delivery.State.DEAD);
    assertThat(replies(false, "").send(address("C1"), RESULT, known).isDelivered())
        .isTrue();
    assertThat(posts("/hook")).hasSize(5);
  }

  @Test
  void what_is_for_everybody_goes_to_the_webhook_at_last_and_says_whom_it_is_for()
      throws IOException {
    answers(POST, okJson("{\"ok\":false,\"error\":\"not_in_channel\"}"));
    now = start.plus(Duration.ofMinutes(31));
    SlackReplies replies = replies(true, peer.baseUrl() + "/services/x");

    assertThat(replies.send(address("C1"), RESULT, Correspondence.NONE).isDelivered())
        .isTrue();
    assertThat(posts("/services/x").get(0).toString()).contains("all of it", "T1/C1", "<@U1>");
    assertThat(posts("/hook")).isEmpty();
  }

  @Test
  void what_is_for_one_person_never_goes_to_the_webhook() throws IOException {
    answers(WHISPER, okJson("{\"ok\":false,\"error\":\"user_not_in_channel\"}"));
    now = start.plus(Duration.ofMinutes(31));
    SlackReplies replies = replies(true, peer.baseUrl() + "/services/x");

    Delivery delivery =
        replies.send(address("C1"), Letter.toPerson(SHORT), Correspondence.NONE).delivery();

    assertThat(delivery.state()).isEqualTo(Delivery.State.DEAD);
    assertThat(posts("/services/x")).isEmpty();
  }

  @Test
  void when_every_way_is_closed_the_delivery_names_them_and_no_address() {
    answers(POST, okJson("{\"ok\":false,\"error\":\"token_revoked\"}"));
    answers("/hook", aResponse().withStatus(404).withBody("used_url"));
    answers("/services/x", aResponse().withStatus(410).withBody("channel_is_archived"));

    Delivery delivery = replies(true, peer.baseUrl() + "/services/x")
        .send(address("C1"), RESULT, Correspondence.NONE)
        .delivery();

    assertThat(delivery.state()).isEqualTo(Delivery.State.DEAD);
    assertThat(delivery.detail())
        .contains("token_revoked", "used_url", "channel_is_archived")
        .doesNotContain("/hook")
        .doesNotContain("/services/");
  }

  @Test
  void an_edit_of_what_is_not_known_is_nothing_to_do() throws IOException {
    Letter edit = Letter.edit(SHORT, "approval:a1");

    assertThat(replies(true, "").send(address("C1"), edit, Correspondence.NONE).isDelivered())
        .isTrue();
    assertThat(peer.findAll(anyRequestedFor(anyUrl()))).isEmpty();
  }

  @Test
  void a_memory_that_is_none_is_forgotten() {
    for (String text : List.of("", "{", "[]", "{\"messages\":1}", "x")) {
      assertThat(Correspondence.read(text)).as(text).isEqualTo(Correspondence.NONE);
    }
    assertThat(Correspondence.NONE.toString()).isEmpty();
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }

  private void answers(String path, ResponseDefinitionBuilder answer) {
    peer.stubFor(any(urlPathEqualTo(path)).willReturn(answer));
  }

  private SlackReplies replies(boolean hasBot, String webhook) {
    UrlGuard guard = UrlGuard.of(List.of("hooks.slack.com"), true);
    Pause pause = time -> now = now.plus(time);
    SlackWebApi web = hasBot
        ? new SlackWebApi(
            new SlackClient(guard, peer.baseUrl() + "/api/", "xoxb-planted"), () -> now, pause)
        : null;
    return new SlackReplies(guard, web, webhook, () -> now, pause);
  }

  private ReplyAddress address(String channel) {
    return new ReplyAddress(
        Platform.SLACK,
        "T1",
        channel,
        "U1",
        peer.baseUrl() + "/hook",
        start.plus(Duration.ofMinutes(30)),
        5,
        false);
  }

  private List<JsonNode> posts(String path) throws IOException {
    List<JsonNode> posts = new ArrayList<>();
    for (var request : peer.findAll(anyRequestedFor(urlPathEqualTo(path)))) {
      posts.add(new ObjectMapper().readTree(request.getBody()));
    }
    return posts;
  }
}
