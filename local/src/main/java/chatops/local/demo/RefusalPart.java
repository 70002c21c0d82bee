package chatops.local.demo;

import chatops.chat.render.Message.Mark;
import chatops.cloudsim.slack.Interaction;
import chatops.cloudsim.slack.SlackMessage;
import chatops.local.host.Cast;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Part 3: what must be refused, and what must happen once only. */
final class RefusalPart {
  private final Stage stage;
  private final InstantSource clock;

  RefusalPart(Stage stage, InstantSource clock) {
    this.stage = stage;
    this.clock = clock;
  }

  void play() {
    stage.narration().part(stage.texts().get("demo.part.refused"));
    forged();
    refused("demo.elsewhere", Cast.ANN, Cast.ELSEWHERE, "/ecs stop name:web-*");
    refused("demo.forbidden", Cast.BO, Cast.OPERATIONS, "/ecs stop name:web-*");
    unknown();
    twice();
  }

  /** The refused commands would all stop instances. */
  private int stops() {
    return stage.cloud().log().of("Ecs", "StopInstance").size();
  }

  private void forged() {
    stage.narration().step(stage.texts().get("demo.forged"), step -> {
      Instant now = clock.instant();
      Interaction answer = stage
          .cloud()
          .slack()
          .forgedCommand(
              Cast.ANN.slack(),
              Cast.OPERATIONS,
              "/ecs stop name:web-*",
              "guessed-signing-secret",
              now);
      step.expect(stage.texts().get("demo.what.status"), 401, answer.status());
      step.expect(stage.texts().get("demo.what.text"), "", answer.answer());
      step.expect(stage.texts().get("demo.what.calls", "StopInstance"), 0, stops());
      step.tell(stage
          .texts()
          .get("demo.forged.answer", answer.status(), answer.answer().length()));
    });
  }

  private void refused(String title, Cast.Member who, String channel, String line) {
    stage.narration().step(stage.texts().get(title, line), step -> {
      long before = stage.newest();
      Interaction answer = stage.type(step, who, channel, line);
      String shown = answer.shown().map(Readable::of).orElse("");
      if (shown.startsWith(Mark.ACCEPTED.sign())) {
        // Front has not looked at the rights for a while: then its no is not the last word, and
        // Execution says it
        shown = lastWord(step, channel, before, stage.execution(answer.shown().orElseThrow()));
      }
      step.claim(stage.texts().get("demo.what.text"), shown.startsWith(Mark.REFUSED.sign()), shown);
      step.expect(stage.texts().get("demo.what.calls", "StopInstance"), 0, stops());
    });
  }

  private String lastWord(Step step, String channel, long before, String execution)
      throws InterruptedException {
    SlackMessage told = step.await(
        stage.texts().get("demo.what.result"),
        Stage.PATIENCE,
        () -> stage.cloud().slack().channels().messages(channel).stream()
            .filter(message -> message.number() > before)
            .filter(message -> Readable.of(message).contains(execution))
            .filter(message -> !Readable.of(message).startsWith(Mark.ACCEPTED.sign()))
            .findFirst());
    step.quote(Readable.of(told));
    return Readable.of(told);
  }

  private void unknown() {
    String instance = "i-bp1nosuchinstance00";
    String line = "/ecs start " + instance;
    stage.narration().step(stage.texts().get("demo.unknown", line), step -> {
      Stage.Sent sent = stage.start(step, Cast.ANN, line);
      SlackMessage result = step.await(
          stage.texts().get("demo.what.result"),
          Stage.PATIENCE,
          () -> stage.message(sent, List.of(Mark.SUCCESS, Mark.NOTE, Mark.FAILED, Mark.REFUSED)));
      step.tell(
          stage.texts().get("demo.result", Narration.seconds(System.nanoTime() - sent.sentAt())));
      step.quote(Readable.of(result));
      step.claim(
          stage.texts().get("demo.what.text"),
          !Readable.of(result).startsWith(Mark.SUCCESS.sign())
              && Readable.of(result).contains(instance),
          Readable.of(result));
      step.expect(
          stage.texts().get("demo.what.calls", "StartInstance " + instance),
          0L,
          stage.callsFor("StartInstance", instance));
    });
  }

  private void twice() {
    String instance = stage.instance("batch-2");
    String line = "/ecs start " + instance;
    stage.narration().step(stage.texts().get("demo.twice", line), step -> {
      Stage.Sent sent = stage.start(step, Cast.ANN, line);
      Interaction again =
          stage.cloud().slack().again(sent.interaction(), Cast.ANN.slack(), Cast.OPERATIONS);
      step.expect(stage.texts().get("demo.what.status"), 200, again.status());
      step.expect(
          stage.texts().get("demo.what.execution"),
          sent.execution(),
          again.shown().map(stage::execution).orElse(""));
      again.shown().ifPresent(shown -> step.quote(Readable.of(shown)));
      stage.result(step, sent.from(stage.newest()), sent.sentAt(), "demo.result", Mark.SUCCESS);
      long starts = stage.callsFor("StartInstance", instance);
      step.tell(stage.texts().get("demo.twice.answer", starts));
      step.expect(stage.texts().get("demo.what.calls", "StartInstance"), 1L, starts);
      // by now a refused command that had been handed over all the same would have acted
      step.expect(stage.texts().get("demo.what.calls", "StopInstance"), 0, stops());
    });
  }
}
