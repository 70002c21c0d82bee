package chatops.local.simulate;

import chatops.cloudsim.ecs.InstanceSpec;
import chatops.local.rehearsal.Script;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a user lays down for a run, and expects of it. Read by {@link ScenarioFile}. */
public final class Scenario {
  private final JsonNode document;

  Scenario(JsonNode document) {
    this.document = document;
  }

  public String title() {
    return document.path("scenario").asText();
  }

  public Map<String, JsonNode> parameters() {
    Map<String, JsonNode> parameters = new LinkedHashMap<>();
    document
        .path("parameters")
        .properties()
        .forEach(entry -> parameters.put(entry.getKey(), entry.getValue()));
    return parameters;
  }

  public Script script() {
    Instant start = document.has("start")
        ? Instant.parse(document.path("start").asText())
        : Script.NONE.start();
    return new Script(
        start,
        () -> new ScriptedAnswers(document.path("replies")),
        () -> new ScriptedPeople(document.path("decisions")),
        this::instances,
        document.path("mode").asText(""));
  }

  private List<InstanceSpec> instances() {
    List<InstanceSpec> specs = new ArrayList<>();
    for (JsonNode instance : document.path("instances")) {
      String id = instance.path("id").asText();
      InstanceSpec spec = InstanceSpec.named(instance.path("name").asText(id)).id(id);
      spec.region(instance.path("region").asText("cn-hangzhou"));
      if (instance.path("status").asText().equals("Stopped")) {
        spec.stopped();
      }
      if (instance.path("os").asText().equals("windows")) {
        spec.windows();
      }
      instance
          .path("tags")
          .properties()
          .forEach(tag -> spec.tag(tag.getKey(), tag.getValue().asText()));
      specs.add(spec);
    }
    return specs;
  }

  /** What the run must come to; nothing when the file has no {@code expect}. */
  public Expectation expectation() {
    return new Expectation(document.path("expect"));
  }
}
