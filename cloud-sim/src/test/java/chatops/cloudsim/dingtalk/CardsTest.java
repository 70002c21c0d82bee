package chatops.cloudsim.dingtalk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.http.WebClient;
import chatops.cloudsim.http.WebReply;
import chatops.cloudsim.http.WebRequest;
import chatops.cloudsim.http.WebServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CARD = """
      {"cardTemplateId":"t1.schema","outTrackId":"exec-1:ap1","callbackType":"HTTP","callbackRouteKey":"r1",
       "cardData":{"cardParamMap":{"title":"Reboot?","status":"open","token":"t-1"}},"userIdType":1,
       "openSpaceId":"dtv1.card//IM_GROUP.cid0001","imGroupOpenSpaceModel":{"supportForward":false},
       "imGroupOpenDeliverModel":{"robotCode":"CODE"}}
      """;

  private final SettableClock clock = new SettableClock(Instant.ofEpochMilli(1_760_000_000_000L));
  private final CloudSim sim = CloudSim.builder().clock(clock).start();
  private final WebServer front = new WebServer();
  private final WebClient app = new WebClient();
  private final List<WebRequest> pressed = new CopyOnWriteArrayList<>();
  private volatile String answer = "{}";

  CardsTest() {
    URI url = front.open(0, request -> {
      pressed.add(request);
      return WebReply.json(200, answer);
    });
    sim.dingTalk().groups().add("cid0001", "Operations");
    sim.dingTalk().cards().publish("t1.schema");
    sim.dingTalk().cards().register("r1", url.resolve("/dingtalk/card"), "mySecret");
  }

  @AfterEach
  void close() {
    app.close();
    front.close();
    sim.close();
  }

  private WebReply call(String method, String path, String token, String body) throws IOException {
    List<Map.Entry<String, String>> headers =
        new ArrayList<>(List.of(Map.entry("Content-Type", "application/json")));
    headers.add(Map.entry("x-acs-dingtalk-access-token", token));
    return app.send(
        method,
        sim.dingTalkUrl().resolve("/v1.0/" + path),
        headers,
        body.replace("CODE", sim.dingTalk().app().appKey()).getBytes(UTF_8),
        Duration.ofSeconds(5));
  }

  private String token() throws IOException {
    WebReply reply = call(
        "POST",
        "oauth2/accessToken",
        "",
        "{\"appKey\":\"CODE\",\"appSecret\":\"" + sim.dingTalk().app().appSecret() + "\"}");
    return JSON.readTree(reply.text()).path("accessToken").asText();
  }

  private DingTalkCard card() {
    return sim.dingTalk().cards().find("exec-1:ap1").orElseThrow();
  }

  @Test
  void the_signature_matches_the_reference_vectors() {
    assertThat(DingTalk.cardSignature("1760000000000", "mySecret"))
        .isEqualTo("Xb/i7xXtxvjjlesTqE/1iys83/ePSxqotNq/Ocysq2Y=");
    assertThat(DingTalk.cardSignature("1595925864847", "mySecret"))
        .isEqualTo("xnBENZKoYbPiEX7TzjTy35B2Dv4RlEs6ks4/GYlmGOY=");
  }

  @Test
  void a_card_stands_where_it_was_delivered_is_changed_by_key_and_made_once() throws IOException {
    String token = token();
    assertThat(call("POST", "card/instances/createAndDeliver", token, CARD).status())
        .isEqualTo(200);
    assertThat(sim.dingTalk().cards().in("cid0001")).hasSize(1);

    call(
        "PUT",
        "card/instances",
        token,
        "{\"outTrackId\":\"exec-1:ap1\",\"cardData\":{\"cardParamMap\":{\"status\":\"approved\"}},"
            + "\"privateData\":{\"bo\":{\"cardParamMap\":{\"note\":\"thanks\"}}},"
            + "\"cardUpdateOptions\":{\"updateCardDataByKey\":true,\"updatePrivateDataByKey\":true}}");
    call("POST", "card/instances/createAndDeliver", token, CARD);

    assertThat(card().value("ann", "title")).isEqualTo("Reboot?");
    assertThat(card().value("ann", "status")).isEqualTo("approved");
    assertThat(card().value("bo", "note")).isEqualTo("thanks");
    assertThat(card().value("ann", "note")).isEmpty();
    assertThat(card().edits()).isEqualTo(1);
    // without the options what is not given is gone
    call(
        "PUT",
        "card/instances",
        token,
        "{\"outTrackId\":\"exec-1:ap1\",\"cardData\":{\"cardParamMap\":{\"status\":\"x\"}}}");
    assertThat(card().value("ann", "title")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "t1.schema,t2.schema",
    "HTTP,STREAM",
    "r1,r2",
    "IM_GROUP.,IM_NOTHING.",
    "CODE,another",
    "imGroupOpenSpaceModel,x",
    "Reboot?,LONG",
  })
  void what_the_platform_refuses(String from, String to) throws IOException {
    String body = CARD.replace(from, to.equals("LONG") ? "x".repeat(1025) : to);

    WebReply reply = call("POST", "card/instances/createAndDeliver", token(), body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(JSON.readTree(reply.text()).path("code").asText()).isEqualTo("param.error");
  }

  @Test
  void without_a_token_or_with_an_old_one_nothing_is_done() throws IOException {
    String token = token();
    clock.advance(Duration.ofHours(2));

    assertThat(call("POST", "card/instances/createAndDeliver", token, CARD).status())
        .isEqualTo(401);
    assertThat(call("POST", "card/instances/createAndDeliver", "", CARD).status())
        .isEqualTo(401);
    assertThat(
            call("PUT", "card/instances", token(), "{\"outTrackId\":\"none\"}").status())
        .isEqualTo(400);
  }

  @Test
  void a_press_is_told_signed_with_the_card_s_own_token_and_its_answer_is_shown_at_once()
      throws IOException {
    call("POST", "card/instances/createAndDeliver", token(), CARD);
    answer =
        "{\"cardUpdateOptions\":{\"updateCardDataByKey\":true,\"updatePrivateDataByKey\":true},"
            + "\"userPrivateData\":{\"cardParamMap\":{\"note\":\"received\"}}}";

    Callback callback =
        sim.dingTalk().press("bo", "exec-1:ap1", Map.of("action", "approve", "reason", "fine"));

    assertThat(callback.status()).isEqualTo(200);
    WebRequest request = pressed.get(0);
    assertThat(request.header("x-ddpaas-signature"))
        .isEqualTo(
            DingTalk.cardSignature(request.header("x-ddpaas-signature-timestamp"), "mySecret"));
    JsonNode body = JSON.readTree(request.body());
    assertThat(body.path("userId").asText()).isEqualTo("bo");
    JsonNode content = JSON.readTree(body.path("content").asText());
    assertThat(content.at("/cardPrivateData/params/token").asText()).isEqualTo("t-1");
    assertThat(content.at("/cardPrivateData/params/action").asText()).isEqualTo("approve");
    assertThat(card().value("bo", "note")).isEqualTo("received");
    assertThat(card().value("bo", "status")).isEqualTo("open");
  }

  @Test
  void the_application_s_robot_speaks_in_its_groups() throws IOException {
    WebReply reply = call(
        "POST",
        "robot/groupMessages/send",
        token(),
        "{\"robotCode\":\"CODE\",\"openConversationId\":\"cid0001\",\"msgKey\":\"sampleMarkdown\","
            + "\"msgParam\":\"{\\\"title\\\":\\\"a\\\",\\\"text\\\":\\\"b\\\"}\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(sim.dingTalk().groups().messages("cid0001"))
        .singleElement()
        .satisfies(message -> assertThat(message.text()).isEqualTo("a\nb"));
  }
}
