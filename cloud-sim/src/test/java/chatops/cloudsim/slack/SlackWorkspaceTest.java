package chatops.cloudsim.slack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.http.WebClient;
import chatops.cloudsim.http.WebReply;
import chatops.cloudsim.http.WebRequest;
import chatops.cloudsim.http.WebServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlackWorkspaceTest {
  private static final String BUTTONS = """
      {"response_type":"in_channel","text":"Approve?","blocks":[{"type":"actions","block_id":"approval","elements":[
        {"type":"button","action_id":"approve","value":"req-1","text":{"type":"plain_text","text":"Approve"}}]}]}""";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));
  private final CloudSim sim = CloudSim.builder().clock(clock).start();
  private final WebServer front = new WebServer();
  private final WebClient app = new WebClient();
  private final List<WebRequest> received = new CopyOnWriteArrayList<>();
  private volatile WebReply acknowledgement = WebReply.of(200, "", "");

  private final URI frontUrl;

  SlackWorkspaceTest() {
    frontUrl = front.open(0, request -> {
      received.add(request);
      return acknowledgement;
    });
    sim.slack().channel("C0001", "ops");
    sim.slack().pointAt(frontUrl.resolve("/slack/command"), frontUrl.resolve("/slack/interactive"));
  }

  @AfterEach
  void close() {
    app.close();
    front.close();
    sim.close();
  }

  @Test
  void a_command_arrives_as_slack_sends_it() {
    acknowledgement = WebReply.json(200, "{\"text\":\"accepted\"}");

    Interaction done = sim.slack().command("U0001", "C0001", "/ecs start i-1 --region cn-hangzhou");

    assertThat(received).singleElement().satisfies(request -> {
      Map<String, String> form = form(request);
      assertThat(request.path()).isEqualTo("/slack/command");
      assertThat(form)
          .containsEntry("command", "/ecs")
          .containsEntry("text", "start i-1 --region cn-hangzhou")
          .containsEntry("team_id", "T0001")
          .containsEntry("channel_id", "C0001")
          .containsEntry("user_id", "U0001")
          .containsEntry("is_enterprise_install", "false");
      String stamp = request.header("X-Slack-Request-Timestamp");
      assertThat(stamp).isEqualTo(String.valueOf(clock.instant().getEpochSecond()));
      assertThat(request.header("X-Slack-Signature"))
          .isEqualTo(
              SlackSender.signature(sim.slack().app().signingSecret(), stamp, request.text()));
    });
    assertThat(done.shown()).hasValueSatisfying(message -> {
      assertThat(message.text()).isEqualTo("accepted");
      assertThat(message.onlyFor()).contains("U0001");
    });
  }

  @Test
  void the_published_vector_gives_the_published_signature() {
    String body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
            + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
            + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
            + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    assertThat(SlackSender.signature("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body))
        .isEqualTo("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
  }

  @Test
  void what_people_see_when_the_app_misbehaves_is_slacks_own_text() {
    acknowledgement = WebReply.of(500, "text/plain", "boom");
    Interaction failed = sim.slack().command("U0001", "C0001", "/ecs status");
    sim.slack().pointAt(URI.create("http://127.0.0.1:1/"), URI.create("http://127.0.0.1:1/"));
    Interaction unreachable = sim.slack().command("U0001", "C0001", "/ecs status");

    sim.slack().pointAt(frontUrl, frontUrl);
    sim.slack().sender().patience(Duration.ofSeconds(1));
    acknowledgement = WebReply.of(200, "", "").after(Duration.ofSeconds(5));
    Interaction late = sim.slack().command("U0001", "C0001", "/ecs status");

    assertThat(shown(late)).isEqualTo("/ecs failed with the error \"operation_timeout\"");
    assertThat(received).hasSize(2);
    assertThat(shown(failed)).isEqualTo("/ecs failed with the error \"http_service_error\"");
    assertThat(shown(unreachable)).isEqualTo("/ecs failed with the error \"dispatch_failed\"");
  }

  @Test
  void a_response_url_takes_five_posts_and_then_no_more() throws IOException {
    URI url = responseUrl("/ecs status");

    for (int i = 1; i <= 5; i++) {
      assertThat(post(url, "{\"text\":\"" + i + "\",\"replace_original\":true}").text())
          .isEqualTo("ok");
    }
    WebReply sixth = post(url, "{\"text\":\"6\"}");

    assertThat(sixth.status()).isEqualTo(404);
    assertThat(sixth.text()).isEqualTo("used_url");
    // a command has no message to replace, so each post is a new one
    assertThat(sim.slack().channels().messages("C0001"))
        .extracting(SlackMessage::text)
        .containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  void a_response_url_expires_after_thirty_minutes() throws IOException {
    URI url = responseUrl("/ecs status");

    clock.advance(Duration.ofMinutes(30).minusSeconds(1));
    assertThat(post(url, "{\"text\":\"in time\"}").status()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(1));
    assertThat(post(url, "{\"text\":\"too late\"}").text()).isEqualTo("expired_url");
  }

  @Test
  void a_refused_post_costs_no_use_and_leaves_nothing() throws IOException {
    URI url = responseUrl("/ecs status");
    String tooLong = "x".repeat(76);

    assertThat(post(url, "nonsense").text()).isEqualTo("invalid_payload");
    assertThat(post(url, "{}").text()).isEqualTo("no_text");
    assertThat(post(url, BUTTONS.replace("\"text\":\"Approve\"", "\"text\":\"" + tooLong + "\""))
            .text())
        .isEqualTo("invalid_blocks");
    assertThat(sim.slack().channels().messages("C0001")).isEmpty();
    for (int i = 0; i < 5; i++) {
      assertThat(post(url, "{\"text\":\"fine\"}").status()).isEqualTo(200);
    }
  }

  @Test
  void a_click_carries_the_button_and_its_response_url_replaces_the_message() throws Exception {
    post(responseUrl("/ecs reboot"), BUTTONS);
    SlackMessage question = sim.slack().channels().messages("C0001").get(0);

    sim.slack().click("U0002", question, "approve");

    WebRequest request = received.get(received.size() - 1);
    var payload =
        new com.fasterxml.jackson.databind.ObjectMapper().readTree(form(request).get("payload"));
    assertThat(request.path()).isEqualTo("/slack/interactive");
    assertThat(payload.at("/actions/0/value").asText()).isEqualTo("req-1");
    assertThat(payload.at("/actions/0/block_id").asText()).isEqualTo("approval");
    assertThat(payload.at("/user/id").asText()).isEqualTo("U0002");
    assertThat(payload.at("/message/ts").asText()).isEqualTo(question.ts());
    post(
        URI.create(payload.path("response_url").asText()),
        "{\"replace_original\":true,\"text\":\"approved\"}");
    assertThat(sim.slack().channels().messages("C0001")).singleElement().satisfies(message -> {
      assertThat(message.text()).isEqualTo("approved");
      assertThat(message.blocks()).isEmpty();
      assertThat(message.edits()).isEqualTo(1);
    });
  }

  @Test
  void the_web_api_posts_updates_and_says_no_with_status_200() throws IOException {
    String token = "Bearer " + sim.slack().app().botToken();

    String posted = api("chat.postMessage", token, "{\"channel\":\"C0001\",\"text\":\"one\"}")
        .text();
    String ts = sim.slack().channels().messages("C0001").get(0).ts();
    api("chat.update", token, "{\"channel\":\"C0001\",\"ts\":\"" + ts + "\",\"text\":\"two\"}");

    assertThat(posted).contains("\"ok\":true").contains(ts);
    assertThat(sim.slack().channels().messages("C0001"))
        .extracting(SlackMessage::text)
        .containsExactly("two");
    assertThat(api("chat.postMessage", "Bearer xoxb-wrong", "{}").text()).contains("invalid_auth");
    assertThat(api("chat.postMessage", token, "{\"channel\":\"C9\",\"text\":\"x\"}")
            .text())
        .contains("channel_not_found");
    assertThat(api("chat.update", token, "{\"channel\":\"C0001\",\"ts\":\"1.0\",\"text\":\"x\"}")
            .text())
        .contains("message_not_found");
  }

  @Test
  void too_many_posts_to_a_channel_are_told_to_wait() throws IOException {
    String token = "Bearer " + sim.slack().app().botToken();
    for (int i = 0; i < 10; i++) {
      assertThat(api("chat.postMessage", token, "{\"channel\":\"C0001\",\"text\":\"x\"}")
              .status())
          .isEqualTo(200);
    }

    WebReply limited = api("chat.postMessage", token, "{\"channel\":\"C0001\",\"text\":\"x\"}");

    assertThat(limited.status()).isEqualTo(429);
    assertThat(limited.header("Retry-After")).isEqualTo("10");
  }

  private URI responseUrl(String typed) {
    sim.slack().command("U0001", "C0001", typed);
    return URI.create(form(received.get(received.size() - 1)).getOrDefault("response_url", ""));
  }

  private WebReply post(URI url, String json) throws IOException {
    return app.send(
        "POST",
        url,
        List.of(Map.entry("Content-Type", "application/json")),
        json.getBytes(UTF_8),
        Duration.ofSeconds(30));
  }

  private WebReply api(String method, String authorization, String json) throws IOException {
    return app.send(
        "POST",
        sim.slackUrl().resolve("/api/" + method),
        List.of(
            Map.entry("Content-Type", "application/json"),
            Map.entry("Authorization", authorization)),
        json.getBytes(UTF_8),
        Duration.ofSeconds(30));
  }

  private static Map<String, String> form(WebRequest request) {
    return WebRequest.pairs(request.text()).stream()
        .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static String shown(Interaction interaction) {
    return interaction.shown().map(SlackMessage::text).orElse("");
  }
}
