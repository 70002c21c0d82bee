package chatops.local.crash;

import chatops.cloudsim.clock.SettableClock;
import chatops.engine.StartExecution;
import chatops.engine.catalog.TemplateCatalog;
import chatops.engine.execution.Person;
import chatops.engine.expression.function.Functions;
import chatops.engine.id.ExecutionId;
import chatops.engine.jq.Jq;
import chatops.engine.notice.Outbound;
import chatops.engine.run.Settings;
import chatops.engine.run.Templates;
import chatops.engine.template.Template;
import chatops.engine.template.TemplateParser;
import chatops.engine.testkit.Boundaries;
import chatops.engine.testkit.FakeCloud;
import chatops.engine.testkit.Yaml;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Small templates of every effect class, on a small ECS. */
final class Plays {
  static final ExecutionId ID = new ExecutionId("exec-1f2e3d4c5b6a");
  private static final Map<String, Template> PARSED = new ConcurrentHashMap<>();
  private static final ObjectMapper JSON = new ObjectMapper();

  static final String COMMANDS = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - Name: command
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: RunCommand}
          Outputs: {id: {Type: String, ValueSelector: InvokeId}}
        - Name: nap
          Action: ACS::Sleep
          Properties: {Duration: 1H}
        - Name: again
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: RunCommand}
          Outputs: {id: {Type: String, ValueSelector: InvokeId}}
      Outputs:
        ids: {Type: List, Value: ['{{ command.id }}', '{{ again.id }}']}
      """;

  /** Two calls that must not be made twice, behind an approval. */
  static final String ASK = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - Name: ask
          Action: ACS::Approve
          Properties: {NotifyType: WebHook, WebHook: {URI: 'https://hooks.example/x', Content: {text: go}}}
        - Name: delete
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: DeleteThing}
        - Name: command
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: RunCommand}
      """;

  private Plays() {}

  static Scene.Play start() {
    return play("start", Yaml.START, "{\"instanceId\":\"i-1\"}");
  }

  static Scene.Play bulk() {
    return play("bulk", Yaml.BULK_REBOOT, "{\"ids\":[\"i-2\",\"i-3\",\"i-4\"]}");
  }

  static Scene.Play commands() {
    return play("commands", COMMANDS, "{}");
  }

  private static final String PER_ITEM = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - Name: command
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: RunCommand, Parameters: {Name: same}}
          Loop: {Items: [a, b, c], RateControl: {Mode: Concurrency, Concurrency: 2, MaxErrors: 0}}
        - Name: nap
          Action: ACS::Sleep
          Properties: {Duration: 1H}
      """;

  private static final String TOLERANT = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - Name: start
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: StartInstance, Parameters: {InstanceId: '{{ ACS::TaskLoopItem }}'}}
          Loop: {Items: [i-9, i-1], RateControl: {Mode: Concurrency, Concurrency: 1, MaxErrors: 1}}
      """;

  /** Two calls that must not be made twice. */
  static Scene.Play deletions() {
    return play(
        "deletions",
        COMMANDS.replace("RunCommand", "DeleteThing").replace("InvokeId", "Done"),
        "{}");
  }

  /** An instance that is gone once it was deleted, so that a second deletion is refused. */
  static Scene.Play goneInstance() {
    return play(
        "gone",
        "FormatVersion: OOS-2019-06-01\nTasks: [{Name: gone, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: DeleteInstance, Risk: Normal, Parameters: {InstanceId: i-9}}}]\n",
        "{}",
        Function.identity(),
        cloud -> cloud.script(
            "ECS.DeleteInstance",
            List.of(
                JSON.createObjectNode(),
                JSON.createObjectNode().put("Code", "InvalidInstanceId.NotFound"))));
  }

  /** Three items that ask for the very same thing. */
  static Scene.Play commandPerItem() {
    return play("per-item", PER_ITEM, "{}");
  }

  /** One of two items fails, one may. */
  static Scene.Play tolerant() {
    return play("tolerant", TOLERANT, "{}");
  }

  static Scene.Play play(String name, String yaml, String parameters) {
    return play(name, yaml, parameters, Function.identity(), cloud -> {});
  }

  static Scene.Play play(
      String name,
      String yaml,
      String parameters,
      Function<Settings, Settings> settings,
      Consumer<FakeCloud> trouble) {
    return new Scene.Play() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Scene open() {
        SettableClock clock = new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));
        FakeCloud cloud = new FakeCloud(new Boundaries(), clock)
            .instance("i-1", "Stopped")
            .instance("i-2", "Running")
            .instance("i-3", "Running")
            .instance("i-4", "Running");
        trouble.accept(cloud);
        return new Scene(
            clock,
            wish(name, parameters),
            templates(Map.of(name, yaml, "ACS::ECS::RebootInstance", Yaml.REBOOT)),
            cloud,
            call -> new Outbound.HttpAnswer(
                200, "{\"errcode\":0}".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            settings.apply(Settings.defaults()));
      }
    };
  }

  static StartExecution wish(String template, String parameters) {
    Map<String, JsonNode> given = new HashMap<>();
    try {
      JSON.readTree(parameters).properties().forEach(e -> given.put(e.getKey(), e.getValue()));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(parameters, e);
    }
    return new StartExecution(
        ID,
        template,
        "",
        given,
        Person.of("crowd:starter", "starter"),
        "sealed",
        Map.of("platform", "slack"),
        "cn-hangzhou",
        "");
  }

  static Templates templates(Map<String, String> texts) {
    TemplateCatalog catalog = (name, version) -> texts.entrySet().stream()
        .filter(e -> e.getKey().equalsIgnoreCase(name))
        .map(e -> new TemplateCatalog.Source(e.getKey(), "v1", e.getValue()))
        .findFirst();
    return Templates.of(catalog, Plays::parsed);
  }

  /** Every round reads the same text the same way, so it is read once. */
  private static Template parsed(TemplateCatalog.Source source) {
    return PARSED.computeIfAbsent(source.name() + source.text(), unread -> {
      TemplateParser parser = new TemplateParser(Functions.all(), new Jq(), action -> true);
      return parser.parse(source.text(), source.name(), source.version());
    });
  }
}
