package chatops.cloudsim.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.dingtalk.DingTalkMessage;
import chatops.cloudsim.http.WebClient;
import chatops.cloudsim.http.WebReply;
import chatops.cloudsim.http.WebRequest;
import chatops.cloudsim.http.WebServer;
import chatops.cloudsim.slack.SlackMessage;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
  private static final String QUESTION = """
      {"response_type":"in_channel","text":"Approve?","blocks":[{"type":"actions","elements":[
        {"type":"button","action_id":"approve","value":"req-1","text":{"type":"plain_text","text":"Approve"}}]}]}""";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));
  private final List<WebRequest> received = new ArrayList<>();

  @TempDir
  Path directory;

  @Test
  void buttons_and_reply_addresses_outlive_the_process() throws Exception {
    try (WebServer front = new WebServer();
        WebClient app = new WebClient()) {
      URI url = front.open(0, request -> {
        received.add(request);
        return WebReply.of(200, "", "");
      });
      int slackPort;
      String responsePath;
      String session;
      try (CloudSim before = start(0, url)) {
        slackPort = before.slackUrl().getPort();
        before.slack().command("U1", "C1", "/ecs reboot");
        responsePath = URI.create(WebRequest.pairs(received.get(0).text()).stream()
                .filter(field -> field.getKey().equals("response_url"))
                .findFirst()
                .orElseThrow()
                .getValue())
            .getPath();
        post(app, before.slackUrl().resolve(responsePath), QUESTION);
        before.dingTalk().say("cid1", "staff01", "ecs status");
        session = URI.create(new ObjectMapper()
                .readTree(received.get(1).body())
                .path("sessionWebhook")
                .asText())
            .getQuery();
      }
      // what a kill may leave behind
      Files.writeString(
          directory.resolve("chats.jsonl"), "{\"slackMessage\":{\"ts\"", StandardOpenOption.APPEND);

      try (CloudSim after = start(slackPort, url)) {
        SlackMessage question = after.slack().channels().messages("C1").get(0);
        assertThat(question.text()).isEqualTo("Approve?");
        after.slack().click("U2", question, "approve");
        assertThat(received.get(2).text()).contains("block_actions");
        for (int use = 2; use <= 5; use++) {
          assertThat(post(app, after.slackUrl().resolve(responsePath), "{\"text\":\"x\"}")
                  .text())
              .isEqualTo("ok");
        }
        assertThat(post(app, after.slackUrl().resolve(responsePath), "{\"text\":\"x\"}")
                .text())
            .isEqualTo("used_url");
        post(
            app,
            URI.create(after.dingTalkUrl() + "/robot/sendBySession?" + session),
            "{\"msgtype\":\"text\",\"text\":{\"content\":\"done\"}}");
        assertThat(after.dingTalk().groups().messages("cid1"))
            .extracting(DingTalkMessage::text)
            .containsExactly("@robot ecs status", "done");
      }
    }
  }

  private CloudSim start(int slackPort, URI front) {
    CloudSim sim = CloudSim.builder()
        .clock(clock)
        .slackPort(slackPort)
        .chatsIn(directory.resolve("chats.jsonl"))
        .start();
    sim.slack().channel("C1", "ops");
    sim.slack().pointAt(front, front);
    sim.dingTalk().groups().add("cid1", "Operations");
    sim.dingTalk().pointAt(front);
    return sim;
  }

  private static WebReply post(WebClient app, URI url, String json) throws IOException {
    return app.send(
        "POST",
        url,
        List.of(Map.entry("Content-Type", "application/json")),
        json.getBytes(UTF_8),
        Duration.ofSeconds(30));
  }
}
