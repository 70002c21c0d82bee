package chatops.local.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.cloudsim.cloud.CallRecord;
import chatops.cloudsim.cloud.Fault;
import chatops.cloudsim.ecs.Pace;
import chatops.cloudsim.ess.AutoScaling;
import chatops.cloudsim.ess.GroupSpec;
import chatops.cloudsim.ess.Result;
import chatops.cloudsim.ess.Transition;
import chatops.cloudsim.mns.Subscription;
import chatops.cloudsim.mns.Topic;
import chatops.local.host.Cast;
import chatops.local.host.DataDirectory;
import chatops.local.host.Machine;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand scaling activities at once, by the topic's trigger or pushed to Front with a signature: each message delivered twice, Execution behind the
 * asynchronous queue over HTTP, STS, ECS and ESS throttled, and replies lost. Every token gets one execution and one result.
 */
class LifecycleBurstTest {
  private static final Path TEMPLATES =
      Path.of(System.getProperty("chatops.root", "..")).toAbsolutePath().resolve("templates");
  private static final int EVENTS = 1000;
  /** Of them in a group whose cards are wanted: Slack takes one post a second in a channel. */
  private static final int TOLD = 60;

  private static final String SCALING = """
      scaling:
        topics: [bursts]
        hooks:
          - {groups: [asg-told], template: ESS-LifecycleNameInstance, chat: "slack:T0001/C0001"}
          - {groups: [asg-quiet], template: ESS-LifecycleNameInstance}

      outbound:
      """;

  @TempDir
  Path folder = Path.of("");

  private Machine start() throws Exception {
    Path kept = Files.createDirectory(folder.resolve("kept"));
    DataDirectory directory = DataDirectory.kept(kept);
    try (InputStream shipped = Machine.class.getResourceAsStream("chatops.yaml")) {
      String text = new String(
              Objects.requireNonNull(shipped).readAllBytes(), StandardCharsets.UTF_8)
          .replace("language: LANGUAGE", "language: en")
          .replaceAll("(?s)scaling:\n.*?\noutbound:\n", SCALING);
      Files.writeString(kept.resolve("chatops.yaml"), text);
    }
    return Machine.start(new Machine.Plan(
        directory,
        Language.EN,
        3,
        TEMPLATES,
        null,
        Pace.of(Duration.ofMillis(500)),
        new PrintStream(OutputStream.nullOutputStream())));
  }

  private static void group(Machine machine, String id) {
    AutoScaling scaling = machine.cloud().scaling();
    scaling.group(GroupSpec.named(id.substring(4)).id(id));
    scaling.hook(
        id,
        "name",
        Transition.SCALE_OUT,
        Duration.ofHours(2),
        Result.ABANDON,
        scaling.topicArn("cn-hangzhou", "bursts"));
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within twenty minutes").isLessThan(end);
      Thread.sleep(200);
    }
  }

  @Test
  @Tag("long")
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void a_burst_loses_no_hook_and_completes_none_twice() throws Exception {
    try (Machine machine = start()) {
      burst(machine, new Subscription.Endpoint.Function(machine.executionFunction()));
    }
  }

  @Test
  @Tag("long")
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void a_burst_of_pushes_loses_none_either() throws Exception {
    try (Machine machine = start()) {
      burst(machine, new Subscription.Endpoint.Web(machine.frontUrl().resolve("/mns")));
    }
  }

  private static void burst(Machine machine, Subscription.Endpoint to) throws Exception {
    AutoScaling scaling = machine.cloud().scaling();
    machine
        .cloud()
        .messages()
        .topic("bursts")
        .subscribe(new Subscription(
            "burst", to, Subscription.Format.JSON, Subscription.Strategy.EXPONENTIAL_DECAY_RETRY));
    machine.cloud().messages().duplicateNext(EVENTS);
    Duration second = Duration.ofSeconds(1);
    machine.cloud().faults().limit(20, second, "Sts", "AssumeRole");
    machine.cloud().faults().limit(20, second, "Ecs", "ModifyInstanceAttribute");
    machine.cloud().faults().limit(20, second, "Ess", "CompleteLifecycleAction");
    machine.cloud().faults().next(20, "Ess", "CompleteLifecycleAction", new Fault.LostReply());
    group(machine, "asg-told");
    group(machine, "asg-quiet");

    long begin = System.nanoTime();
    List<String> told = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      boolean isTold = i % (EVENTS / TOLD) == 0 && told.size() < TOLD;
      String activity = scaling.scaleOut(isTold ? "asg-told" : "asg-quiet", 1, "burst");
      if (isTold) {
        told.add(activity);
      }
    }
    until(() -> {
      assertThat(machine.cloud().functions().failures())
          .as("events that the queue gave up")
          .isEmpty();
      return scaling.waits().stream()
              .filter(wait -> !wait.status().equals("Pending"))
              .count()
          == EVENTS;
    });
    long drained = System.nanoTime() - begin;

    assertThat(scaling.waits())
        .hasSize(EVENTS)
        .allMatch(wait -> wait.result().equals("CONTINUE") && wait.completions() == 1);
    assertThat(callers(machine)).hasSize(EVENTS);
    assertThat(callers(machine).values()).allMatch(executions -> executions.size() == 1);
    assertThat(callers(machine).values().stream().flatMap(List::stream).distinct())
        .hasSize(EVENTS);
    until(() -> told.stream()
        .allMatch(activity ->
            cards(machine, activity).stream().anyMatch(card -> card.contains("CONTINUE sent"))));
    assertThat(told).allMatch(activity -> cards(machine, activity).size() == 1);
    System.out.println("long-job: LifecycleBurst seed=none by="
        + to.getClass().getSimpleName() + " count=" + EVENTS + " deliveries=" + 2 * EVENTS
        + " completed-once=" + EVENTS + " cards=" + told.size() + " drained="
        + drained / 1_000_000_000 + "s attempts=" + attempts(machine) + " queue=" + queue(machine));
  }

  /** How often the topic's deliveries were answered what. */
  private static Map<String, Long> attempts(Machine machine) {
    return machine.cloud().messages().topic("bursts").attempts().stream()
        .collect(
            Collectors.groupingBy(Topic.Attempt::outcome, TreeMap::new, Collectors.counting()));
  }

  /** How often the queue's deliveries were answered what. */
  private static Map<String, Long> queue(Machine machine) {
    return machine.cloud().log().of("FC", "Deliver").stream()
        .collect(Collectors.groupingBy(CallRecord::code, TreeMap::new, Collectors.counting()));
  }

  /** By token, which executions sent its completion. */
  private static Map<String, List<String>> callers(Machine machine) {
    Map<String, List<String>> callers = new HashMap<>();
    for (CallRecord call : machine.cloud().log().of("Ess", "CompleteLifecycleAction")) {
      List<String> known = callers.computeIfAbsent(
          call.parameters().getOrDefault("LifecycleActionToken", ""), token -> new ArrayList<>());
      if (!known.contains(call.caller())) {
        known.add(call.caller());
      }
    }
    return callers;
  }

  private static List<String> cards(Machine machine, String activity) {
    return machine.cloud().slack().channels().messages(Cast.OPERATIONS).stream()
        .map(message -> message.blocks().toString())
        .filter(text -> text.contains(activity))
        .toList();
  }
}
