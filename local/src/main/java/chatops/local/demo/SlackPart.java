package chatops.local.demo;

import chatops.chat.render.Message.Mark;
import chatops.cloudsim.cloud.CallRecord;
import chatops.cloudsim.ecs.InstanceStatus;
import chatops.cloudsim.slack.SlackMessage;
import chatops.local.host.Cast;
import java.util.List;

/** Part 1: a question and a start by slash command, from signature to result. */
final class SlackPart {
  private final Stage stage;

  SlackPart(Stage stage) {
    this.stage = stage;
  }

  void play() {
    stage.narration().part(stage.texts().get("demo.part.slack"));
    status();
    start();
  }

  private void status() {
    String line = "/ecs status name:web-*";
    stage.narration().step(stage.texts().get("demo.says", Cast.ANN.name(), line), step -> {
      Stage.Sent sent = stage.start(step, Cast.ANN, line);
      SlackMessage result = stage.result(step, sent, sent.sentAt(), "demo.result", Mark.SUCCESS);
      for (int i = 1; i <= 4; i++) {
        step.claim(
            stage.texts().get("demo.what.text"),
            Readable.of(result).contains("web-" + i),
            Readable.of(result));
      }
    });
  }

  private void start() {
    String instance = stage.instance("batch-1");
    String line = "/ecs start " + instance;
    stage.narration().step(stage.texts().get("demo.says", Cast.ANN.name(), line), step -> {
      stage.expectState(step, instance, InstanceStatus.STOPPED);
      Stage.Sent sent = stage.start(step, Cast.ANN, line);
      stage.result(step, sent, sent.sentAt(), "demo.result", Mark.SUCCESS);
      stage.expectState(step, instance, InstanceStatus.RUNNING);
      List<CallRecord> starts = stage.calls("Ecs", "StartInstance");
      step.expect(stage.texts().get("demo.what.calls", "StartInstance"), 1, starts.size());
      for (CallRecord call : starts) {
        // the function's own role may not touch instances: a session of the operator role did it
        step.claim(
            stage.texts().get("demo.what.caller", "StartInstance"),
            call.caller().contains("role/OOSServiceRole/"),
            call.caller());
      }
    });
  }
}
