package chatops.local.page;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.local.host.Cast;
import chatops.local.host.DataDirectory;
import chatops.local.host.Machine;
import chatops.local.host.QuietHost;
import chatops.local.text.Texts;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A question asked in DingTalk is a card of the simulated card platform, and who presses it is known. */
class CardsOnThePageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir
  Path folder = Path.of("");

  @Test
  void who_is_no_approver_cannot_decide_by_the_card_and_an_approver_can() throws Exception {
    try (DataDirectory directory = DataDirectory.kept(folder.resolve("home"));
        Machine machine = QuietHost.start(directory)) {
      SlackLines lines = new SlackLines(machine.cloud().slack(), InstantSource.system());
      SimulatedRooms rooms = new SimulatedRooms(machine, lines, Texts.in(Language.EN));
      rooms.say(
          "dingtalk",
          Cast.ANN.dingtalk(),
          "/oos run ECS-BulkRebootInstancesWithApproval targets=name:web-1 webHookUrl="
              + machine.robotWebHook());
      JsonNode asked = card(rooms, message -> message.path("status").asText().equals("open"));
      String entry = asked.path("id").asText();
      assertThat(asked.at("/message/title").asText()).contains("Approval wanted");
      assertThat(asked.toString()).doesNotContain("token");

      rooms.press(entry, Cast.ANN.dingtalk(), "approve", "");
      JsonNode refused = card(
          rooms, message -> message.at("/notes/Ann").asText().contains("not one of the approvers"));
      assertThat(refused.at("/message/status").asText()).isEqualTo("open");
      assertThat(machine.cloud().log().of("Ecs", "RebootInstance")).isEmpty();

      rooms.press(entry, Cast.BO.dingtalk(), "approve", "go");
      JsonNode decided = card(rooms, message -> !message.path("status").asText().equals("open"));
      assertThat(decided.at("/message/status").asText()).contains("pproved");
      Instant until = Instant.now().plus(PATIENCE);
      while (machine.cloud().log().of("Ecs", "RebootInstance").isEmpty()) {
        assertThat(Instant.now()).isBefore(until);
        Thread.sleep(100);
      }
    }
  }

  /** Another process is waited for, so there is no clock to set. */
  private static JsonNode card(SimulatedRooms rooms, Predicate<JsonNode> wanted)
      throws InterruptedException {
    Instant until = Instant.now().plus(PATIENCE);
    while (true) {
      JsonNode state = rooms.state();
      for (JsonNode entry : state.at("/dingtalk/entries")) {
        boolean isCard = entry.at("/message/msgtype").asText().equals("interactiveCard");
        if (isCard && wanted.test(entry.path("message"))) {
          return entry;
        }
      }
      assertThat(Instant.now()).as(state.path("dingtalk").toString()).isBefore(until);
      Thread.sleep(100);
    }
  }
}
