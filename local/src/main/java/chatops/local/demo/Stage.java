package chatops.local.demo;

import chatops.chat.render.Message.Mark;
import chatops.cloudsim.CloudSim;
import chatops.cloudsim.cloud.CallRecord;
import chatops.cloudsim.ecs.Fleet;
import chatops.cloudsim.ecs.InstanceStatus;
import chatops.cloudsim.slack.Interaction;
import chatops.cloudsim.slack.SlackMessage;
import chatops.local.host.Cast;
import chatops.local.host.Machine;
import chatops.local.page.SlackLines;
import chatops.local.text.Texts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What all parts of the demo do: type a command, look at its acknowledgement, wait for its result, look at the simulated cloud. */
final class Stage {
  static final Duration DEADLINE = Duration.ofSeconds(3);
  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern EXECUTION = Pattern.compile("exec-[a-z2-7]{26}");

  /**
   * A command that was acknowledged.
   *
   * @param sentAt monotonic time
   * @param after number of the newest message before the command: a quick result may stand before its acknowledgement
   */
  record Sent(Interaction interaction, String execution, long sentAt, long after) {
    /** The same execution, with everything that stands in the channel now taken as old. */
    Sent from(long newest) {
      return new Sent(interaction, execution, sentAt, newest);
    }
  }

  private final Machine machine;
  private final SlackLines lines;
  private final Narration narration;

  Stage(Machine machine, SlackLines lines, Narration narration) {
    this.machine = machine;
    this.lines = lines;
    this.narration = narration;
  }

  Narration narration() {
    return narration;
  }

  Texts texts() {
    return narration.texts();
  }

  CloudSim cloud() {
    return machine.cloud();
  }

  Machine machine() {
    return machine;
  }

  /** Types a command and checks its acknowledgement: in time, to this person alone. */
  Interaction type(Step step, Cast.Member who, String channel, String line) {
    Interaction interaction = lines.say(who.slack(), channel, line);
    step.expect(texts().get("demo.what.status"), 200, interaction.status());
    step.claim(
        texts().get("demo.what.ack"),
        interaction.took().compareTo(DEADLINE) < 0,
        interaction.took());
    SlackMessage shown = interaction
        .shown()
        .orElseThrow(() -> new StepFailure(
            texts().get("demo.unlike", texts().get("demo.what.ack"), interaction.answer())));
    step.expect(texts().get("demo.what.ephemeral"), Optional.of(who.slack()), shown.onlyFor());
    step.tell(texts().get("demo.acknowledged", interaction.took().toMillis(), who.name()));
    step.quote(Readable.of(shown));
    return interaction;
  }

  /** Types a command that starts an execution. */
  Sent start(Step step, Cast.Member who, String line) {
    long before = newest();
    long sentAt = System.nanoTime();
    Interaction interaction = type(step, who, Cast.OPERATIONS, line);
    return new Sent(interaction, execution(interaction.shown().orElseThrow()), sentAt, before);
  }

  String execution(SlackMessage message) {
    Matcher matcher = EXECUTION.matcher(Readable.of(message));
    if (!matcher.find()) {
      throw new StepFailure(
          texts().get("demo.unlike", texts().get("demo.what.ack"), Readable.of(message)));
    }
    return matcher.group();
  }

  /** Number of the newest message anywhere in Slack. */
  long newest() {
    return cloud().slack().channels().since(0).stream()
        .mapToLong(SlackMessage::number)
        .max()
        .orElse(0);
  }

  /** Waits for the message that tells how the execution ended, tells the time since {@code since}, and checks its mark. */
  SlackMessage result(Step step, Sent sent, long since, String timeKey, Mark mark)
      throws InterruptedException {
    SlackMessage found = step.await(
        texts().get("demo.what.result"),
        PATIENCE,
        () -> message(
            sent, List.of(Mark.SUCCESS, Mark.FAILED, Mark.CANCELLED, Mark.REFUSED, Mark.NOTE)));
    step.tell(texts().get(timeKey, Narration.seconds(System.nanoTime() - since)));
    step.quote(Readable.of(found));
    step.claim(
        texts().get("demo.what.result"),
        Readable.of(found).startsWith(mark.sign()),
        Readable.of(found));
    return found;
  }

  /** The newest message to the requester about an execution that bears one of the marks. What was edited is an older message. */
  Optional<SlackMessage> message(Sent sent, List<Mark> marks) {
    return cloud().slack().channels().messages(Cast.OPERATIONS).stream()
        .filter(message -> message.number() > sent.after() && message.edits() == 0)
        .filter(message ->
            message.onlyFor().isEmpty() || message.onlyFor().get().equals(Cast.ANN.slack()))
        .filter(message -> Readable.of(message).contains(sent.execution()))
        .filter(message ->
            marks.stream().anyMatch(mark -> Readable.of(message).startsWith(mark.sign())))
        .reduce((first, second) -> second);
  }

  String instance(String name) {
    return cloud().fleet().ids().stream()
        .filter(id -> cloud().fleet().look(id).name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException("no instance named " + name + " in the simulated account"));
  }

  void expectState(Step step, String instance, InstanceStatus status) {
    Fleet.Sight sight = cloud().fleet().look(instance);
    step.expect(texts().get("demo.what.state", sight.name()), status, sight.status());
  }

  /** Calls that were made and accepted, in order. */
  List<CallRecord> calls(String service, String api) {
    return cloud().log().of(service, api).stream()
        .filter(call -> call.status() == 200)
        .toList();
  }

  long callsFor(String api, String instance) {
    return calls("Ecs", api).stream()
        .filter(call -> instance.equals(call.parameters().get("InstanceId")))
        .count();
  }
}
