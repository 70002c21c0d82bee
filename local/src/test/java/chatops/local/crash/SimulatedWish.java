package chatops.local.crash;

import chatops.cloudsim.clock.SettableClock;
import chatops.engine.StartExecution;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Status;
import chatops.engine.id.ExecutionId;
import chatops.engine.notice.Outbound;
import chatops.engine.run.Settings;
import chatops.engine.testkit.Boundaries;
import chatops.engine.testkit.FakeCloud;
import chatops.engine.testkit.Yaml;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a simulation, and what must have come of it.
 *
 * @param tag stands in every mutating call of it
 * @param effects how often which API must have had its effect when it succeeds
 * @param latest when it has ended if nothing goes wrong
 */
record SimulatedWish(
    StartExecution start,
    String tag,
    Map<String, Integer> effects,
    Instant latest,
    @Nullable Instant cancelledAt) {
  private static final String NAP = """
      FormatVersion: OOS-2019-06-01
      Parameters: {tag: {Type: String}, time: {Type: String}}
      Tasks:
        - Name: before
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: RunCommand, Parameters: {InstanceId: '{{ tag }}'}}
        - Name: nap
          Action: ACS::Sleep
          Properties: {Duration: '{{ time }}'}
        - Name: after
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: RunCommand, Parameters: {InstanceId: '{{ tag }}'}}
      """;
  private static final String ASK = """
      FormatVersion: OOS-2019-06-01
      Parameters: {tag: {Type: String}, time: {Type: String}}
      Tasks:
        - Name: ask
          Action: ACS::Approve
          Properties: {NotifyType: WebHook, WebHook: {URI: 'https://hooks.example/x', Content: {text: go}}, MinRequiredApprovals: 2}
        - Name: delete
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: DeleteThing, Parameters: {InstanceId: '{{ tag }}'}}
        - Name: each
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: RunCommand, Parameters: {InstanceId: '{{ tag }}', Name: '{{ ACS::TaskLoopItem }}'}}
          Loop: {Items: [a, b, c], RateControl: {Mode: Concurrency, Concurrency: 2, MaxErrors: 0}}
      """;

  ExecutionId id() {
    return start.id();
  }

  static Scene scene() {
    SettableClock clock = new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));
    return new Scene(
        clock,
        Plays.wish("nap", "{}"),
        Plays.templates(Map.of("nap", NAP, "ask", ASK, "start", Yaml.START)),
        new FakeCloud(new Boundaries(), clock),
        call -> new Outbound.HttpAnswer(200, "{\"errcode\":0}".getBytes(StandardCharsets.UTF_8)),
        Settings.defaults());
  }

  static SimulatedWish next(int number, Random random, Scene scene, Instant now) {
    String tag = "i-" + number;
    String template = List.of("nap", "ask", "start").get(random.nextInt(3));
    long seconds = switch (random.nextInt(4)) {
      case 0 -> 1 + random.nextInt(20);
      case 1 -> 60 + random.nextInt(3600);
      case 2 -> 3600 + random.nextInt(86_400);
      default -> random.nextInt(30 * 86_400);
    };
    Map<String, Integer> effects = switch (template) {
      case "nap" -> Map.of("RunCommand", 2);
      case "ask" -> Map.of("DeleteThing", 1, "RunCommand", 3);
      default -> Map.of("StartInstance", 1);
    };
    if (template.equals("start")) {
      ((FakeCloud) scene.cloud()).instance(tag, "Stopped");
    }
    StartExecution plain = Plays.wish(template, "{}");
    StartExecution wish = new StartExecution(
        new ExecutionId(String.format("exec-sim%09d", number)),
        template,
        "",
        template.equals("start")
            ? Map.of("instanceId", TextNode.valueOf(tag))
            : Map.of("tag", TextNode.valueOf(tag), "time", TextNode.valueOf("PT" + seconds + "S")),
        plain.startedBy(),
        "sealed",
        Map.of(),
        "cn-hangzhou",
        "");
    Instant latest = now.plusSeconds(template.equals("nap") ? seconds : 0).plus(Duration.ofDays(1));
    Instant cancelledAt = random.nextInt(20) == 0 ? now.plusSeconds(random.nextInt(7200)) : null;
    return new SimulatedWish(wish, tag, effects, latest, cancelledAt);
  }

  boolean isOf(Landed landed) {
    return landed.request().parameters().path("InstanceId").asText().equals(tag);
  }

  List<String> violations(Execution end, List<Landed> all) {
    List<String> wrong = new ArrayList<>();
    boolean isCancelled = end.status() == Status.CANCELLED && cancelledAt != null;
    if (end.status() != Status.SUCCESS && !isCancelled) {
      wrong.add(id() + " " + start.template() + ": " + end.status() + " " + end.statusMessage());
    }
    for (String api : List.of("RunCommand", "DeleteThing", "StartInstance")) {
      int wanted = effects.getOrDefault(api, 0);
      long found =
          all.stream().filter(l -> isOf(l) && l.request().api().equals(api)).count();
      boolean isConverging = api.equals("StartInstance") && wanted > 0;
      if (found > wanted && !isConverging) {
        wrong.add(id() + " " + api + ": happened " + found + " times, at most " + wanted);
      }
      if (found < wanted && end.status() == Status.SUCCESS) {
        wrong.add(id() + " " + api + ": happened " + found + " times, expected " + wanted);
      }
    }
    return wrong;
  }
}
