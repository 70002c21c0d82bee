package chatops.local.rehearsal;

import chatops.cloudsim.clock.SettableClock;
import chatops.engine.Engine;
import chatops.engine.EngineException;
import chatops.engine.StartExecution;
import chatops.engine.catalog.TemplateCatalog;
import chatops.engine.cloud.CloudApi;
import chatops.engine.id.ExecutionId;
import chatops.engine.run.Settings;
import chatops.engine.run.Templates;
import chatops.engine.store.memory.InMemoryExecutionStore;
import chatops.engine.template.Parameter;
import chatops.engine.template.Task;
import chatops.engine.template.Template;
import chatops.engine.view.ExecutionView;
import chatops.execution.aliyun.ParameterEncoder;
import chatops.local.rehearsal.reading.Form;
import chatops.local.rehearsal.reading.TemplateReading;
import chatops.local.rehearsal.synthesis.ParameterSynthesis;
import chatops.local.rehearsal.synthesis.ReplySynthesis;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs one template with the real engine, as often as wanted, each time in a new world. Not thread-safe. */
public final class Rehearsal {
  static final String REGION = "cn-hangzhou";
  private static final ExecutionId ID = new ExecutionId("exec-simulated0001");

  private static final TemplateCatalog.Source NOTHING =
      new TemplateCatalog.Source("rehearsed-template", "v1", """
      FormatVersion: OOS-2019-06-01
      Tasks: [{Name: nothing, Action: 'ACS::Sleep', Properties: {Duration: 1S}}]
      """);

  private final Documents documents;
  private final TemplateCatalog.Source source;
  private final Map<String, JsonNode> given;
  private final ParameterEncoder encoder;
  private final Template template;
  private final TemplateReading reading;
  private final Map<String, List<Optional<JsonNode>>> possible = new LinkedHashMap<>();

  /**
   * @param given parameters that are not made up
   * @throws EngineException when the template is wrong
   */
  public Rehearsal(
      Documents documents,
      TemplateCatalog.Source source,
      Map<String, JsonNode> given,
      ParameterEncoder encoder) {
    this.documents = documents;
    this.source = source;
    this.given = given;
    this.encoder = encoder;
    this.template = documents.template(source);
    JsonNode tree = Documents.read(source.text());
    this.reading = new TemplateReading(tree, documents::tree, REGION);
    ParameterSynthesis synthesis = new ParameterSynthesis(REGION);
    for (Parameter parameter : template.parameters().values()) {
      Form form = reading.parameters().getOrDefault(parameter.name(), new Form(parameter.name()));
      possible.put(
          parameter.name(),
          synthesis.possible(parameter, tree.path("Parameters").path(parameter.name()), form));
    }
  }

  public TemplateReading reading() {
    return reading;
  }

  List<String> taskNames() {
    return template.tasks().stream().map(Task::name).toList();
  }

  /** Values a parameter may have, best first; empty stands for its default. */
  public Map<String, List<Optional<JsonNode>>> possible() {
    return possible;
  }

  /** Whether the value of this parameter was given. */
  boolean isGiven(String parameter) {
    return given.keySet().stream().anyMatch(parameter::equalsIgnoreCase);
  }

  public Take run(Plan plan) {
    return run(plan, Script.NONE);
  }

  /** Runs it with what {@code script} lays down; everything else is as {@code plan} says. */
  public Take run(Plan plan, Script script) {
    return run(plan, script, source, Optional.empty());
  }

  /**
   * Runs a changed template in the world of this one: its parameters, and the answers it got. What it did not ask for is
   * made of what this template reads, never of what the changed one does.
   */
  public Take run(Plan plan, Script script, TemplateCatalog.Source changed, Recording recording) {
    return run(plan, script, changed, Optional.of(recording));
  }

  private Take run(
      Plan plan, Script script, TemplateCatalog.Source played, Optional<Recording> recording) {
    SettableClock clock = new SettableClock(script.start());
    Observation observation = new Observation();
    ReplySynthesis synthesis = new ReplySynthesis(plan.choices(), REGION);
    Account account = new Account(clock, 1, encoder, plan.like());
    script.instances().get().forEach(account::add);
    SynthesisedReplies replies = new SynthesisedReplies(
        reading, observation, synthesis, plan.choices(), script.answers().get(), recording);
    RehearsedCloud cloud = new RehearsedCloud(account, replies, clock);
    VirtualWorld world = new VirtualWorld(
        clock,
        new InMemoryExecutionStore(clock),
        Templates.of(catalog(played), text -> observation.watched(documents.template(text))),
        cloud,
        Settings.defaults().withAccount(Account.ID),
        script.people().get(),
        replies::web);
    Engine engine = world.engine("rehearsal");
    try {
      engine.start(wish(plan, script.mode()));
    } catch (EngineException refused) {
      return new Take(
          "Refused",
          String.valueOf(refused.getMessage()),
          JsonNodeFactory.instance.objectNode(),
          JsonNodeFactory.instance.objectNode(),
          List.of(),
          List.of());
    }
    engine
        .find(ID)
        .ifPresent(view -> view.parameters()
            .properties()
            .forEach(value -> Optional.ofNullable(reading.parameters().get(value.getKey()))
                .ifPresent(form -> synthesis.know(form, value.getValue()))));
    ExecutionView parent = world.drive(engine, ID);
    ExecutionView view = new Firing(world, engine, observation, reading, plan.choices())
        .child(parent)
        .orElse(parent);
    return new Take(
        view.status(),
        view.status().equals("Success") ? "" : reason(view),
        view.parameters(),
        view.outputs(),
        engine.tasks(new ExecutionId(view.id())),
        cloud.calls());
  }

  /**
   * The same world once more, without an engine in it. What {@code calls} name has existed for an hour.
   *
   * @throws EngineException when the template cannot be started with these parameters
   */
  public Props props(Plan plan, List<MadeCall> calls) {
    Script script = Script.NONE;
    SettableClock clock = new SettableClock(script.start().minus(Duration.ofHours(1)));
    Observation observation = new Observation();
    ReplySynthesis synthesis = new ReplySynthesis(plan.choices(), REGION);
    SynthesisedReplies replies = new SynthesisedReplies(
        reading, observation, synthesis, plan.choices(), script.answers().get(), Optional.empty());
    Account account = new Account(clock, 1, encoder, plan.like());
    for (MadeCall call : calls) {
      account.prepare(call.request());
      account.made(call.reply());
    }
    clock.moveTo(script.start());
    CloudApi cloud = new RehearsedCloud(account, replies, clock);
    Templates templates =
        Templates.of(catalog(source), text -> observation.watched(documents.template(text)));
    Settings settings = Settings.defaults().withAccount(Account.ID);
    StartExecution wish = wish(plan, script.mode());
    new VirtualWorld(
            clock,
            new InMemoryExecutionStore(clock),
            templates,
            cloud,
            settings,
            People.willing(),
            replies::web)
        .engine("rehearsal")
        .prepare(wish)
        .parameters()
        .properties()
        .forEach(value -> Optional.ofNullable(reading.parameters().get(value.getKey()))
            .ifPresent(form -> synthesis.know(form, value.getValue())));
    return new Props(clock, wish, templates, cloud, settings);
  }

  private static String reason(ExecutionView view) {
    return view.statusMessage().isEmpty() ? view.waitingStatus() : view.statusMessage();
  }

  /** The template itself under its name, whatever the catalogue has there, and one that does nothing. */
  private TemplateCatalog catalog(TemplateCatalog.Source played) {
    return (name, version) -> name.equals(played.name())
        ? Optional.of(played)
        : documents
            .catalog()
            .find(name, version)
            .or(() -> Optional.of(NOTHING).filter(nothing -> nothing.name().equals(name)));
  }

  private StartExecution wish(Plan plan, String mode) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    possible.forEach((name, list) -> {
      int index = Math.min(plan.parameters().getOrDefault(name, 0), list.size() - 1);
      if (index >= 0) {
        list.get(index).ifPresent(value -> values.put(name, value));
      }
    });
    given.forEach((name, value) -> {
      values.keySet().removeIf(name::equalsIgnoreCase);
      values.put(name, value);
    });
    return new StartExecution(
        ID, source.name(), "", values, People.STARTER, "", Map.of(), REGION, mode);
  }
}
