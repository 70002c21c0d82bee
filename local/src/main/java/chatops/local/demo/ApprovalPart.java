package chatops.local.demo;

import chatops.chat.render.Message.Mark;
import chatops.cloudsim.cloud.CallRecord;
import chatops.cloudsim.dingtalk.DingTalkMessage;
import chatops.cloudsim.ecs.InstanceStatus;
import chatops.cloudsim.slack.Interaction;
import chatops.cloudsim.slack.SlackMessage;
import chatops.local.host.Cast;
import chatops.local.page.Secrets;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Part 2: a bulk reboot that waits for an approval, approved by a Slack button, then rejected by the link's page. */
final class ApprovalPart {
  private static final String TEMPLATE = "ECS-BulkRebootInstancesWithApproval";
  private static final String TARGETS =
      "{\"Type\":\"Tags\",\"RegionId\":\"cn-hangzhou\",\"Tags\":[{\"Key\":\"role\",\"Value\":\"web\"}]}";
  private static final String RATE = "{\"Mode\":\"Concurrency\",\"Concurrency\":2,\"MaxErrors\":0}";
  private static final int AT_ONCE = 2;

  /** A run that waits, with the messages that ask for its decision. */
  private record Asked(Stage.Sent sent, SlackMessage buttons, URI link) {}

  private final Stage stage;

  ApprovalPart(Stage stage) {
    this.stage = stage;
  }

  void play() {
    stage.narration().part(stage.texts().get("demo.part.approval"));
    Asked first = ask(stage.texts().get("demo.says", Cast.ANN.name(), Secrets.masked(line())));
    if (first != null) {
      approveOneself(first);
      approve(first);
    }
    Asked second = ask(stage.texts().get("demo.second"));
    if (second != null) reject(second);
  }

  private String line() {
    return "/oos run " + TEMPLATE + " 'targets=" + TARGETS + "' 'rateControl=" + RATE + "'"
        + " webHookUrl=" + stage.machine().robotWebHook()
        + " 'atMobiles=[\"" + Cast.BO.mobile() + "\"]'";
  }

  private @Nullable Asked ask(String title) {
    Asked[] asked = new Asked[1];
    int reboots = stage.calls("Ecs", "RebootInstance").size();
    int posted = stage.cloud().dingTalk().groups().messages(Cast.GROUP).size();
    stage.narration().step(title, step -> {
      Stage.Sent sent = stage.start(step, Cast.ANN, line());
      DingTalkMessage robot = step.await(
          stage.texts().get("demo.what.robot"),
          Stage.PATIENCE,
          () -> stage.cloud().dingTalk().groups().messages(Cast.GROUP).stream()
              .skip(posted)
              .findFirst());
      step.tell(
          stage.texts().get("demo.robot", Narration.seconds(System.nanoTime() - sent.sentAt())));
      step.quote(withoutToken(robot.text()));
      step.expect(
          stage.texts().get("demo.what.mentions"), List.of(Cast.BO.mobile()), robot.mentioned());
      step.tell(stage.texts().get("demo.mentions", String.join(", ", robot.mentioned())));
      Optional<URI> link = robot.links().stream()
          .filter(each -> each.startsWith(stage.machine().frontUrl() + "/approvals/"))
          .findFirst()
          .map(URI::create);
      step.claim(stage.texts().get("demo.what.link"), link.isPresent(), withoutToken(robot.text()));
      SlackMessage buttons = step.await(
          stage.texts().get("demo.what.buttons"),
          Stage.PATIENCE,
          () -> stage.message(sent, List.of(Mark.WAITING)));
      step.quote(Readable.of(buttons));
      step.tell(stage.texts().get("demo.waits", sent.execution(), waiting(step, sent)));
      step.expect(
          stage.texts().get("demo.what.calls", "RebootInstance"),
          reboots,
          stage.calls("Ecs", "RebootInstance").size());
      if (link.isPresent()) asked[0] = new Asked(sent, buttons, link.get());
    });
    return asked[0];
  }

  /** Asks the product itself how the execution is: at first it may still be on its way to waiting. */
  private String waiting(Step step, Stage.Sent sent) throws InterruptedException {
    String shown = show(step, sent);
    for (int i = 0; i < 20 && !shown.contains("Waiting"); i++) {
      Thread.sleep(200);
      shown = show(step, sent);
    }
    step.claim(stage.texts().get("demo.what.waiting"), shown.contains("Waiting"), shown);
    return "Waiting";
  }

  private String show(Step step, Stage.Sent sent) throws InterruptedException {
    long before = stage.newest();
    stage
        .cloud()
        .slack()
        .command(Cast.ANN.slack(), Cast.OPERATIONS, "/oos show " + sent.execution());
    return step.await(
        stage.texts().get("demo.what.waiting"),
        Stage.PATIENCE,
        () -> stage.cloud().slack().channels().since(before).stream()
            .map(Readable::of)
            .filter(text -> text.contains(sent.execution()))
            .filter(text -> !text.startsWith(Mark.ACCEPTED.sign()))
            .findFirst());
  }

  private void approveOneself(Asked asked) {
    stage.narration().step(stage.texts().get("demo.self"), step -> {
      long before = stage.newest();
      Interaction press = stage.cloud().slack().click(Cast.ANN.slack(), asked.buttons(), "approve");
      step.expect(stage.texts().get("demo.what.status"), 200, press.status());
      SlackMessage answer = step.await(
          stage.texts().get("demo.what.text"),
          Stage.PATIENCE,
          () -> stage.cloud().slack().channels().since(before).stream()
              .filter(message -> message.onlyFor().equals(Optional.of(Cast.ANN.slack())))
              .findFirst());
      step.quote(Readable.of(answer));
      step.claim(
          stage.texts().get("demo.what.text"),
          Readable.of(answer).startsWith(Mark.REFUSED.sign()),
          Readable.of(answer));
    });
  }

  private void approve(Asked asked) {
    stage.narration().step(stage.texts().get("demo.approve"), step -> {
      int before = stage.calls("Ecs", "RebootInstance").size();
      Stage.Sent decided = asked.sent().from(stage.newest());
      RebootWatch watch = new RebootWatch(stage);
      long decidedAt = System.nanoTime();
      Interaction press = stage.cloud().slack().click(Cast.BO.slack(), asked.buttons(), "approve");
      step.expect(stage.texts().get("demo.what.status"), 200, press.status());
      step.claim(
          stage.texts().get("demo.what.ack"),
          press.took().compareTo(Stage.DEADLINE) < 0,
          press.took());
      step.await(stage.texts().get("demo.what.result"), Stage.PATIENCE, () -> {
        watch.look();
        return stage.message(decided, List.of(Mark.SUCCESS, Mark.FAILED, Mark.CANCELLED));
      });
      stage.result(step, decided, decidedAt, "demo.decided", Mark.SUCCESS);
      List<CallRecord> reboots =
          stage.calls("Ecs", "RebootInstance").stream().skip(before).toList();
      step.tell(stage.texts().get("demo.rebooted", watch.names(), watch.mostAtOnce(), AT_ONCE));
      step.expect(stage.texts().get("demo.what.calls", "RebootInstance"), 4, reboots.size());
      step.claim(
          stage.texts().get("demo.what.atonce"),
          watch.mostAtOnce() >= 1 && watch.mostAtOnce() <= AT_ONCE,
          watch.mostAtOnce());
      for (int i = 1; i <= 4; i++) {
        String instance = stage.instance("web-" + i);
        stage.expectState(step, instance, InstanceStatus.RUNNING);
        step.expect(
            stage.texts().get("demo.what.calls", "RebootInstance " + instance),
            1L,
            stage.callsFor("RebootInstance", instance));
      }
    });
  }

  private void reject(Asked asked) {
    stage.narration().step(stage.texts().get("demo.reject"), step -> {
      int before = stage.calls("Ecs", "RebootInstance").size();
      ApprovalVisit visit = new ApprovalVisit(asked.link());
      visit.open();
      visit.open();
      step.expect(stage.texts().get("demo.what.page"), 200, visit.status());
      waiting(step, asked.sent());
      step.tell(stage.texts().get("demo.page"));
      long decidedAt = System.nanoTime();
      Stage.Sent decided = asked.sent().from(stage.newest());
      visit.decide("reject");
      step.expect(stage.texts().get("demo.what.page"), 303, visit.status());
      stage.result(step, decided, decidedAt, "demo.decided", Mark.CANCELLED);
      step.tell(stage
          .texts()
          .get(
              "demo.cancelled",
              asked.sent().execution(),
              before,
              stage.calls("Ecs", "RebootInstance").size()));
      step.expect(
          stage.texts().get("demo.what.calls", "RebootInstance"),
          before,
          stage.calls("Ecs", "RebootInstance").size());
    });
  }

  /** Whoever holds the link may decide by it, so the terminal shows where it leads and not what makes it work. */
  private static String withoutToken(String text) {
    return text.replaceAll("(/approvals/)[^\\s)\\]\"]+", "$1…");
  }
}
