package chatops.local.rehearsal;

import chatops.engine.Engine;
import chatops.engine.execution.WaitingStatus;
import chatops.engine.execution.Watch;
import chatops.engine.expression.JsonText;
import chatops.engine.id.ExecutionId;
import chatops.engine.view.ExecutionView;
import chatops.local.rehearsal.reading.Form;
import chatops.local.rehearsal.reading.MadeUpText;
import chatops.local.rehearsal.reading.Site;
import chatops.local.rehearsal.reading.TemplateReading;
import chatops.local.rehearsal.synthesis.Choices;
import chatops.local.rehearsal.synthesis.Sketch;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Lets a trigger fire once: the clock goes to the scheduled time, or a message arrives that the trigger lets through. */
final class Firing {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> HEAD =
      List.of("Product", "Name", "Level", "RegionId", "Namespace", "MetricName");

  private final VirtualWorld world;
  private final Engine engine;
  private final Observation observation;
  private final TemplateReading reading;
  private final Choices choices;

  Firing(
      VirtualWorld world,
      Engine engine,
      Observation observation,
      TemplateReading reading,
      Choices choices) {
    this.world = world;
    this.engine = engine;
    this.observation = observation;
    this.reading = reading;
    this.choices = choices;
  }

  /** The child that the firing starts, at its end; empty when {@code parent} waits for no trigger. */
  Optional<ExecutionView> child(ExecutionView parent) {
    Watch watch = parent.watch();
    if (watch == null || !parent.waitingStatus().equals(WaitingStatus.TRIGGER)) {
      return Optional.empty();
    }
    ExecutionId id = new ExecutionId(parent.id());
    if (watch.nextAt() != null) {
      world.clock().moveTo(watch.nextAt());
    } else {
      engine.trigger(id, message(), "rehearsed-event");
    }
    engine.advance(id, world.clock().instant().plus(Duration.ofMinutes(5)));
    return engine
        .find(id)
        .map(ExecutionView::watch)
        .flatMap(after -> after.firings().stream().findFirst())
        .map(fired -> world.drive(engine, fired.child()));
  }

  private JsonNode message() {
    ObjectNode message = JSON.objectNode()
        .put("id", "simulated-event")
        .put("resourceId", "simulated")
        .put("eventTime", world.clock().instant().toString())
        .put("userId", Account.ID);
    observation.trigger().ifPresent(seen -> {
      Site site = reading.sites().get(seen.path());
      Form form = site == null ? new Form("event") : site.reply();
      JsonNode read = Sketch.of(
          form,
          new MadeUpText(Rehearsal.REGION),
          1,
          choices,
          reference -> SynthesisedReplies.value(reference, seen.scope()));
      if (read instanceof ObjectNode object) {
        message.setAll(object);
      }
      for (String head : HEAD) {
        JsonNode wanted = wanted(seen, head);
        if (!wanted.isNull()) {
          message.set(
              head.substring(0, 1).toLowerCase(Locale.ROOT) + head.substring(1), first(wanted));
        }
      }
      content(seen, message);
    });
    return message;
  }

  private static void content(Sighting seen, ObjectNode message) {
    if (!message.path("content").isObject()) {
      message.putObject("content");
    }
    ObjectNode content = message.withObjectProperty("content");
    for (Map.Entry<String, JsonNode> each : wanted(seen, "Content").properties()) {
      content.set(each.getKey(), first(each.getValue()));
    }
    JsonNode tags = wanted(seen, "Tags");
    if (tags.isArray() && !tags.isEmpty()) {
      ObjectNode carried = content.withObjectProperty("tags");
      tags.forEach(
          tag -> carried.put(tag.path("Key").asText(), tag.path("Value").asText("")));
    }
  }

  private static JsonNode wanted(Sighting seen, String property) {
    JsonNode value = Observation.evaluated(seen.task(), property, seen.scope());
    return value.isTextual() ? JsonText.parseContainer(value.textValue()).orElse(value) : value;
  }

  private static JsonNode first(JsonNode wanted) {
    return wanted.isArray() && !wanted.isEmpty() ? wanted.path(0) : wanted;
  }
}
