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
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DingTalkTest {
  private static final String TEXT = "{\"msgtype\":\"text\",\"text\":{\"content\":\"done\"}}";

  private final SettableClock clock = new SettableClock(Instant.ofEpochMilli(1_760_000_000_000L));
  private final CloudSim sim = CloudSim.builder().clock(clock).start();
  private final WebServer front = new WebServer();
  private final WebClient app = new WebClient();
  private final List<WebRequest> received = new CopyOnWriteArrayList<>();
  private volatile WebReply acknowledgement = WebReply.json(200, "{\"msgtype\":\"empty\"}");

  DingTalkTest() {
    URI url = front.open(0, request -> {
      received.add(request);
      return acknowledgement;
    });
    sim.dingTalk().groups().add("cid0001", "Operations");
    sim.dingTalk().pointAt(url.resolve("/dingtalk/robot"));
  }

  @AfterEach
  void close() {
    app.close();
    front.close();
    sim.close();
  }

  @Test
  void the_signatures_match_the_reference_vectors() {
    assertThat(CustomRobots.sign("1760000000000", "SEC" + "0".repeat(66)))
        .isEqualTo("VnA3lfKQr7/nNwOYKf6AJ8yf/fl13urdAUTJfiTCy3U=");
    assertThat(CustomRobots.sign("1577262236757", "this-is-a-test-secret"))
        .isEqualTo("SUqWQEJ9+RdTIxkqdeRBSzTvtAsGkzT2WeN7auysMXE=");
  }

  @Test
  void a_signed_message_reaches_the_group_with_its_mentions_and_links() throws IOException {
    CustomRobots.CustomRobot robot = sim.dingTalk().robots().signing("cid0001", "oos");
    String body = """
        {"msgtype":"markdown","markdown":{"title":"Approve","text":"@13800000000 please [decide](http://127.0.0.1/a/1)"},
         "at":{"atMobiles":["13800000000","13900000000"],"isAtAll":true}}""";

    WebReply reply = send(robot, 1_760_000_000_000L, body);

    assertThat(reply.text()).isEqualTo("{\"errcode\":0,\"errmsg\":\"ok\"}");
    assertThat(sim.dingTalk().groups().messages("cid0001")).singleElement().satisfies(message -> {
      assertThat(message.mentioned()).containsExactly("13800000000");
      assertThat(message.mentionsAll()).isTrue();
      assertThat(message.links()).containsExactly("http://127.0.0.1/a/1");
    });
  }

  @Test
  void a_robot_refuses_wrong_signatures_old_stamps_and_unknown_tokens() throws IOException {
    CustomRobots.CustomRobot robot = sim.dingTalk().robots().signing("cid0001", "oos");
    CustomRobots.CustomRobot words =
        sim.dingTalk().robots().withKeywords("cid0001", "words", "OOS");
    URI unsigned = sim.dingTalk().webhook(robot);

    assertThat(errcode(post(unsigned, TEXT))).isEqualTo(310000);
    assertThat(post(URI.create(unsigned + "&timestamp=1760000000000&sign=abc"), TEXT)
            .text())
        .contains("sign not match");
    assertThat(send(robot, 1_760_000_000_000L - 3_600_001, TEXT).text())
        .contains("invalid timestamp");
    assertThat(errcode(post(URI.create(sim.dingTalkUrl() + "/robot/send?access_token=none"), TEXT)))
        .isEqualTo(400101);
    assertThat(errcode(post(URI.create(sim.dingTalkUrl() + "/robot/send"), TEXT)))
        .isEqualTo(300001);
    assertThat(post(sim.dingTalk().webhook(words), TEXT).text())
        .contains("keywords not in content");
    assertThat(errcode(post(sim.dingTalk().webhook(words), TEXT.replace("done", "OOS done"))))
        .isZero();
    assertThat(errcode(
            post(sim.dingTalk().webhook(words), TEXT.replace("done", "OOS " + "x".repeat(20_000)))))
        .isEqualTo(460101);
    assertThat(sim.dingTalk().groups().messages("cid0001")).hasSize(1);
  }

  @Test
  void the_twenty_first_message_within_a_minute_silences_the_robot_for_ten() throws IOException {
    CustomRobots.CustomRobot robot =
        sim.dingTalk().robots().withKeywords("cid0001", "words", "done");
    URI url = sim.dingTalk().webhook(robot);
    for (int i = 0; i < 20; i++) {
      assertThat(errcode(post(url, TEXT))).isZero();
    }

    assertThat(errcode(post(url, TEXT))).isEqualTo(130101);
    clock.advance(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(errcode(post(url, TEXT))).isEqualTo(130101);
    clock.advance(Duration.ofSeconds(1));
    assertThat(errcode(post(url, TEXT))).isZero();
  }

  @Test
  void a_message_to_the_robot_arrives_signed_and_its_session_web_hook_lasts_ninety_minutes()
      throws Exception {
    Callback said = sim.dingTalk().say("cid0001", "staff01", "ecs status");

    assertThat(said.shown()).isEmpty();
    WebRequest request = received.get(0);
    assertThat(request.header("sign"))
        .isEqualTo(CustomRobots.sign("1760000000000", sim.dingTalk().app().appSecret()));
    JsonNode body = new ObjectMapper().readTree(request.body());
    assertThat(body.at("/text/content").asText()).isEqualTo(" ecs status");
    assertThat(body.path("senderStaffId").asText()).isEqualTo("staff01");
    URI session = URI.create(body.path("sessionWebhook").asText());
    assertThat(errcode(post(session, TEXT))).isZero();
    clock.advance(Duration.ofMinutes(91));
    assertThat(errcode(post(session, TEXT))).isEqualTo(300001);
    assertThat(sim.dingTalk().groups().messages("cid0001"))
        .extracting(DingTalkMessage::author, DingTalkMessage::text)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("staff01", "@robot ecs status"),
            org.assertj.core.groups.Tuple.tuple("robot", "done"));
  }

  @Test
  void an_answer_in_the_response_stands_in_the_group() {
    acknowledgement = WebReply.json(200, TEXT);

    Callback said = sim.dingTalk().say("cid0001", "staff01", "ecs status");

    assertThat(said.shown())
        .hasValueSatisfying(message -> assertThat(message.text()).isEqualTo("done"));
  }

  private WebReply send(CustomRobots.CustomRobot robot, long stamp, String body)
      throws IOException {
    String sign = CustomRobots.sign(String.valueOf(stamp), robot.secret().orElseThrow());
    return post(
        URI.create(sim.dingTalk().webhook(robot) + "&timestamp=" + stamp + "&sign="
            + URLEncoder.encode(sign, UTF_8)),
        body);
  }

  private WebReply post(URI url, String json) throws IOException {
    return app.send(
        "POST",
        url,
        List.of(Map.entry("Content-Type", "application/json")),
        json.getBytes(UTF_8),
        Duration.ofSeconds(30));
  }

  private static int errcode(WebReply reply) throws IOException {
    return new ObjectMapper().readTree(reply.body()).path("errcode").asInt(-99);
  }
}
