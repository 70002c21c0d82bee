package chatops.local.demo;

import chatops.chat.render.Message.Mark;
import chatops.cloudsim.assistant.PlayedGuest.Play;
import chatops.cloudsim.cloud.CallRecord;
import chatops.cloudsim.ess.AutoScaling;
import chatops.cloudsim.ess.Transition;
import chatops.cloudsim.fc.AsyncTask;
import chatops.cloudsim.slack.SlackMessage;
import chatops.local.host.Cast;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Part 4: lifecycle hooks of Auto Scaling, from the scaling activity by the topic's trigger to the result of the hook. The documentation's
 * example: Apache is installed by a script on every new instance.
 */
final class ScalingPart {
  private static final int FEW = 4;
  private static final int MANY = 20;

  private final Stage stage;
  private final AutoScaling scaling;

  ScalingPart(Stage stage) {
    this.stage = stage;
    this.scaling = stage.cloud().scaling();
  }

  /** The scale-out alone, with few instances. */
  void play() {
    begin();
    scaleOut(FEW);
  }

  void playWhole() {
    begin();
    scaleOut(MANY);
    again(MANY);
    fails();
    late();
  }

  private void begin() {
    stage.narration().part(stage.texts().get("demo.part.scaling"));
    boolean isRun = stage.cloud().runsScripts();
    stage
        .narration()
        .say("     " + stage.texts().get(isRun ? "demo.scripts.run" : "demo.scripts.played"));
    if (!isRun) {
      stage
          .cloud()
          .scripts()
          .answer(
              script -> script.content().contains("exit 1"),
              Play.exit(1, "no space left on /var\n"));
    }
  }

  /** The wait of the group's latest activity. */
  private Optional<AutoScaling.Sight> wait(String activity) {
    return scaling.waits().stream()
        .filter(wait -> wait.activityId().equals(activity))
        .findFirst();
  }

  private List<SlackMessage> cards(String activity) {
    return stage.cloud().slack().channels().messages(Cast.OPERATIONS).stream()
        .filter(message -> Readable.of(message).contains(activity))
        .toList();
  }

  /** Waits for the card of an activity's end. */
  private SlackMessage card(Step step, String activity, Mark mark) throws InterruptedException {
    SlackMessage card = step.await(
        stage.texts().get("demo.what.card"),
        Stage.PATIENCE.multipliedBy(2),
        () -> cards(activity).stream()
            .filter(message -> Readable.of(message).startsWith(mark.sign()))
            .findFirst());
    step.quote(Readable.of(card));
    step.expect(stage.texts().get("demo.what.cards"), 1, cards(activity).size());
    step.tell(stage.texts().get("demo.card", card.edits()));
    return card;
  }

  private void completed(Step step, String activity, int before, String result) {
    AutoScaling.Sight wait = wait(activity).orElseThrow();
    step.expect(stage.texts().get("demo.what.hook"), result, wait.result());
    step.expect(stage.texts().get("demo.what.completions"), 1, wait.completions());
    step.expect(
        stage.texts().get("demo.what.calls", "CompleteLifecycleAction"),
        before + 1,
        completions().size());
    step.tell(stage.texts().get("demo.completed", wait.token(), result));
  }

  private List<CallRecord> completions() {
    return stage.calls("Ess", "CompleteLifecycleAction");
  }

  private void scaleOut(int instances) {
    String group = stage.machine().scalingGroup("web");
    stage.narration().step(stage.texts().get("demo.scaleout", instances), step -> {
      int commands = stage.calls("Ecs", "RunCommand").size();
      int before = completions().size();
      long start = System.nanoTime();
      String activity = scaling.scaleOut(group, instances, "demo");
      SlackMessage card = card(step, activity, Mark.SUCCESS);
      step.tell(stage.texts().get("demo.scaled", Narration.seconds(System.nanoTime() - start)));
      step.claim(stage.texts().get("demo.what.card"), card.edits() > 0, card.edits());
      completed(step, activity, before, "CONTINUE");
      step.expect(
          stage.texts().get("demo.what.calls", "RunCommand"),
          commands + instances,
          stage.calls("Ecs", "RunCommand").size());
      step.expect(
          stage.texts().get("demo.what.members"),
          (long) instances,
          scaling.members(group).values().stream().filter("InService"::equals).count());
    });
  }

  /** The message of an activity that is long over, as at-least-once delivery may bring it, and brings it late. */
  private void again(int instances) {
    stage.narration().step(stage.texts().get("demo.again"), step -> {
      AutoScaling.Sight wait = scaling.waits().get(scaling.waits().size() - 1);
      int commands = stage.calls("Ecs", "RunCommand").size();
      int before = completions().size();
      List<SlackMessage> cards = cards(wait.activityId());
      long deliveries = workedOff(wait.token());
      stage.cloud().messages().duplicateNext(1);
      stage
          .cloud()
          .messages()
          .publish(stage.machine().hookTopic(), message(wait).toString());
      step.await(
          stage.texts().get("demo.what.deliveries"),
          Stage.PATIENCE,
          () -> workedOff(wait.token()) >= deliveries + 2 ? Optional.of(true) : Optional.empty());
      step.expect(
          stage.texts().get("demo.what.calls", "RunCommand"),
          commands,
          stage.calls("Ecs", "RunCommand").size());
      step.expect(
          stage.texts().get("demo.what.calls", "CompleteLifecycleAction"),
          before,
          completions().size());
      step.expect(stage.texts().get("demo.what.cards"), cards, cards(wait.activityId()));
      step.expect(
          stage.texts().get("demo.what.members"),
          (long) instances,
          scaling.members(stage.machine().scalingGroup("web")).values().stream()
              .filter("InService"::equals)
              .count());
      step.tell(stage.texts().get("demo.again.answer", wait.token()));
    });
  }

  /** How many deliveries of a token's notification Execution has worked off. */
  private long workedOff(String token) {
    return stage.cloud().functions().tasks(stage.machine().executionFunction()).stream()
        .filter(task -> task.state() == AsyncTask.State.SUCCEEDED)
        .filter(task -> new String(task.payload(), StandardCharsets.UTF_8).contains(token))
        .count();
  }

  private ObjectNode message(AutoScaling.Sight wait) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    ObjectNode content = message.putObject("content");
    content
        .put("lifecycleHookId", wait.hookId())
        .put("lifecycleActionToken", wait.token())
        .put("lifecycleTransition", Transition.SCALE_OUT.name())
        .put("scalingGroupId", stage.machine().scalingGroup("web"))
        .put("scalingActivityId", wait.activityId());
    wait.instanceIds().forEach(content.putArray("instanceIds")::add);
    return message;
  }

  private void fails() {
    String group = stage.machine().scalingGroup("broken");
    stage.narration().step(stage.texts().get("demo.scaleout.fails"), step -> {
      int before = completions().size();
      String activity = scaling.scaleOut(group, 1, "demo");
      SlackMessage card = card(step, activity, Mark.FAILED);
      completed(step, activity, before, "ABANDON");
      step.claim(
          stage.texts().get("demo.what.card"),
          Readable.of(card).contains("no space left on /var"),
          Readable.of(card));
      step.expect(
          stage.texts().get("demo.what.members"), 0, scaling.members(group).size());
    });
  }

  /** The hook's time is over while the script runs: the demo puts the simulated wait to its end instead of waiting for it. */
  private void late() {
    String group = stage.machine().scalingGroup("late");
    stage.narration().step(stage.texts().get("demo.scaleout.late"), step -> {
      int before = completions().size();
      int commands = stage.calls("Ecs", "RunCommand").size();
      String activity = scaling.scaleOut(group, 1, "demo");
      step.await(
          stage.texts().get("demo.what.calls", "RunCommand"),
          Stage.PATIENCE,
          () -> stage.calls("Ecs", "RunCommand").size() > commands
              ? Optional.of(true)
              : Optional.empty());
      scaling.expireNow(wait(activity).orElseThrow().token());
      SlackMessage card = card(step, activity, Mark.FAILED);
      step.claim(
          stage.texts().get("demo.what.card"),
          Readable.of(card).contains("LifecycleHookIdAndLifecycleActionToken.Invalid")
              && Readable.of(card).contains("HeartbeatTimeout"),
          Readable.of(card));
      step.expect(
          stage.texts().get("demo.what.calls", "CompleteLifecycleAction"),
          before,
          completions().size());
      step.expect(
          stage.texts().get("demo.what.hook"),
          "CONTINUE",
          wait(activity).orElseThrow().result());
    });
  }
}
