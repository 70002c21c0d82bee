package chatops.engine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.RefusedException;
import chatops.engine.StartExecution;
import chatops.engine.execution.Decision;
import chatops.engine.id.TaskPath;
import chatops.engine.notice.Outbound;
import chatops.engine.notice.OutboundException;
import chatops.engine.view.ExecutionView;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;

/**
 * One conformance case that runs a template: {@code tasks} (and {@code parameters}, {@code outputs}) make the template,
 * {@code given} starts it, {@code nested} are templates it may call. {@code cloud} scripts APIs by name, {@code instances} are there with their status, {@code web} the
 * answers of addresses. {@code decide} lists decisions in order. {@code gives} holds what is looked at: {@code status}, a part
 * of {@code message}, {@code outputs}, {@code elapsed} in seconds, {@code calls}, {@code web}, {@code tasks} with their status; {@code refused} is a part
 * of the refusal at start. {@code mode}, {@code loopMode} and {@code safetyCheck} are those of the start; {@code events} come one after
 * the other, and then time passes {@code until}; {@code children} are what triggers started, {@code waiting} is why it waits.
 */
public final class RunCase {
  private RunCase() {}

  public static void run(JsonNode row) {
    World world = new World();
    world.template("case", template(row).toString());
    row.path("nested")
        .properties()
        .forEach(e -> world.template(e.getKey(), template(e.getValue()).toString()));
    row.path("cloud")
        .properties()
        .forEach(e -> world.cloud.script(e.getKey(), objects(e.getValue())));
    row.path("instances")
        .properties()
        .forEach(e -> world.cloud.instance(e.getKey(), e.getValue().asText()));
    Deque<JsonNode> answers = new ArrayDeque<>();
    row.path("web").forEach(answers::add);
    world.peer = call -> answer(answers);
    String given = row.path("given").isObject() ? row.path("given").toString() : "{}";
    JsonNode gives = row.path("gives");
    if (gives.has("refused")) {
      assertThat(refusal(world, row, given)).contains(gives.path("refused").asText());
      return;
    }
    world.engine().start(wish(world, row, given));
    world.drive();
    int number = 0;
    for (JsonNode decision : row.path("decide")) {
      decide(world, decision, "decision-" + number++);
      world.drive();
    }
    for (JsonNode event : row.path("events")) {
      world.engine().trigger(World.ID, event, event.toString());
      world.live(world.clock.instant().plusSeconds(1));
    }
    if (row.has("until")) {
      world.live(Instant.parse(row.path("until").asText()));
    }
    check(world, world.view(), gives);
  }

  private static StartExecution wish(World world, JsonNode row, String given) {
    StartExecution plain = world.wish("case", given);
    return new StartExecution(
        plain.id(),
        plain.template(),
        "",
        plain.parameters(),
        plain.startedBy(),
        plain.replyAddress(),
        plain.origin(),
        plain.regionId(),
        row.path("mode").asText(""),
        row.path("loopMode").asText(""),
        row.path("safetyCheck").asText(""));
  }

  /** A vote as text, or an order as a map of one: what is ordered, and its parameters, paths or text. */
  private static void decide(World world, JsonNode decision, String id) {
    if (decision.isTextual()) {
      world.vote(World.BO, Decision.valueOf(decision.asText()));
      return;
    }
    String what = decision.fieldNames().next();
    JsonNode with = decision.path(what);
    ObjectNode changes =
        with instanceof ObjectNode map ? map : JsonNodeFactory.instance.objectNode();
    List<TaskPath> paths =
        texts(decision.path("paths")).stream().map(TaskPath::new).toList();
    switch (what) {
      case "retry" -> world.engine().retry(World.ID, paths, changes, World.BO, id);
      case "skip" -> world.engine().skip(World.ID, paths, World.BO, id);
      case "pause" -> world.engine().pause(World.ID, World.BO, with.asText(), id);
      case "resume" -> world.engine().resume(World.ID, World.BO, id);
      case "execute" ->
        world
            .engine()
            .executeTask(World.ID, decision.path("task").asText(""), changes, World.BO, id);
      case "leaveOut" -> world.engine().cancelTask(World.ID, World.BO, id);
      case "complete" -> world.engine().complete(World.ID, with.asText(), World.BO, id);
      case "cancel" -> world.engine().cancel(World.ID, World.BO, with.asText());
      default -> throw new IllegalArgumentException("no decision is called " + what);
    }
  }

  private static void check(World world, ExecutionView view, JsonNode gives) {
    assertThat(view.status())
        .as(view.statusMessage())
        .isEqualTo(gives.path("status").asText("Success"));
    assertThat(view.statusMessage()).contains(gives.path("message").asText(""));
    if (gives.has("outputs")) {
      assertThat(view.outputs()).isEqualTo(gives.path("outputs"));
    }
    if (gives.has("waiting")) {
      assertThat(view.waitingStatus()).isEqualTo(gives.path("waiting").asText());
    }
    if (gives.has("children")) {
      assertThat(world.all().stream()
              .filter(child -> child.parent() != null)
              .map(child -> child.createdAt() + " " + child.status())
              .toList())
          .isEqualTo(texts(gives.path("children")));
    }
    if (gives.has("elapsed")) {
      assertThat(Duration.between(view.createdAt(), world.clock.instant()).toSeconds())
          .as("seconds")
          .isEqualTo(gives.path("elapsed").asLong());
    }
    if (gives.has("calls")) {
      assertThat(world.cloud.requests().stream()
              .map(r -> r.name() + " " + r.parameters())
              .toList())
          .isEqualTo(texts(gives.path("calls")));
    }
    if (gives.has("web")) {
      assertThat(world.web.stream().map(RunCase::shown).toList())
          .isEqualTo(texts(gives.path("web")));
    }
    if (gives.has("tasks")) {
      TreeMap<String, String> statuses = new TreeMap<>();
      world.engine().tasks(World.ID).forEach(t -> statuses.put(t.name(), t.status()));
      TreeMap<String, String> wanted = new TreeMap<>();
      gives
          .path("tasks")
          .properties()
          .forEach(e -> wanted.put(e.getKey(), e.getValue().asText()));
      assertThat(statuses).isEqualTo(wanted);
    }
  }

  private static String refusal(World world, JsonNode row, String given) {
    try {
      world.engine().start(wish(world, row, given));
      return "";
    } catch (RefusedException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  private static ObjectNode template(JsonNode row) {
    ObjectNode template = JsonNodeFactory.instance.objectNode();
    template.put("FormatVersion", "OOS-2019-06-01");
    template.put("RamRole", "");
    template.set("Parameters", map(row.path("parameters")));
    if (row.has("conditions")) {
      template.set("Conditions", row.path("conditions"));
    }
    template.set("Tasks", row.path("tasks"));
    template.set("Outputs", map(row.path("outputs")));
    return template;
  }

  private static JsonNode map(JsonNode node) {
    return node.isObject() ? node : JsonNodeFactory.instance.objectNode();
  }

  private static Outbound.HttpAnswer answer(Deque<JsonNode> answers) {
    JsonNode next = answers.size() > 1 ? answers.remove() : answers.peek();
    if (next == null) {
      throw new OutboundException("nobody is there", OutboundException.Fate.REFUSED);
    }
    if (next.has("fate")) {
      throw new OutboundException(
          "no answer", OutboundException.Fate.valueOf(next.path("fate").asText()));
    }
    JsonNode body = next.path("body");
    String text = body.isTextual() ? body.textValue() : body.isMissingNode() ? "" : body.toString();
    return new Outbound.HttpAnswer(
        next.path("status").asInt(200), text.getBytes(StandardCharsets.UTF_8));
  }

  private static String shown(Outbound.HttpCall call) {
    String body = new String(call.body(), StandardCharsets.UTF_8);
    return (call.method() + " " + call.uri() + " " + body).strip();
  }

  private static List<ObjectNode> objects(JsonNode list) {
    List<ObjectNode> objects = new ArrayList<>();
    list.forEach(each -> objects.add((ObjectNode) each));
    return objects;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
