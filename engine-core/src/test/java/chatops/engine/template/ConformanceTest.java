package chatops.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.engine.EngineException;
import chatops.engine.expression.Equality;
import chatops.engine.expression.ExpressionParser;
import chatops.engine.expression.JsonText;
import chatops.engine.expression.Matching;
import chatops.engine.expression.Truth;
import chatops.engine.expression.function.Aggregation;
import chatops.engine.expression.function.Functions;
import chatops.engine.jq.Jq;
import chatops.engine.testkit.RunCase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The language, case by case: every row of {@code src/test/resources/cases} names the section of the specification it comes
 * from, what is given, and what it {@code gives} or with which words it {@code fails}.
 */
class ConformanceTest {
  private static final Jq JQ = new Jq();
  private static final Path CASES = Path.of("src/test/resources/cases");

  @TestFactory
  Stream<DynamicNode> cases() throws IOException {
    List<DynamicNode> files = new ArrayList<>();
    try (Stream<Path> found = Files.walk(CASES)) {
      for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
        files.add(container(file));
      }
    }
    assertThat(files).isNotEmpty();
    return files.stream();
  }

  private static DynamicNode container(Path file) throws IOException {
    String kind = CASES.relativize(file).getName(0).toString();
    Findings findings = new Findings();
    JsonNode rows =
        new DocumentReader(findings).read(Files.readString(file)).orElse(MissingNode.getInstance());
    assertThat(findings.inOrder()).as("%s is readable", file).isEmpty();
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode row : rows) {
      assertThat(row.path("section").asText()).as("section of %s", row).isNotEmpty();
      tests.add(DynamicTest.dynamicTest(
          row.path("section").asText() + " " + row.path("name").asText(), () -> run(kind, row)));
    }
    return DynamicContainer.dynamicContainer(CASES.relativize(file).toString(), tests);
  }

  private static void run(String kind, JsonNode row) {
    switch (kind) {
      case "expression", "function" -> check(row, ConformanceTest::expression);
      case "selector" -> check(row, ConformanceTest::selector);
      case "parameter" -> check(row, ConformanceTest::parameters);
      case "matching" -> check(row, ConformanceTest::matching);
      case "loop" -> check(row, ConformanceTest::loop);
      case "template" -> template(row);
      case "run" -> RunCase.run(row);
      default -> throw new IllegalStateException("no runner for cases/" + kind);
    }
  }

  private static void check(JsonNode row, Function<JsonNode, JsonNode> run) {
    if (row.has("fails")) {
      assertThatThrownBy(() -> run.apply(row))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining(row.path("fails").asText());
      return;
    }
    assertThat(row.has("gives")).as("a row gives or fails").isTrue();
    JsonNode result = run.apply(row);
    assertThat(Equality.strict(result, row.path("gives")))
        .as("expected %s, was %s", row.path("gives"), result)
        .isTrue();
  }

  private static JsonNode expression(JsonNode row) {
    MapScope scope = new MapScope(row);
    JsonNode result;
    if (row.has("condition")) {
      result = BooleanNode.valueOf(Truth.of(
          compiled(row, parser -> parser.condition(row.path("condition"), "")).evaluate(scope)));
    } else if (row.has("url")) {
      result = compiled(row, parser -> parser.url(row.path("url"), "")).evaluate(scope);
    } else if (row.has("hook")) {
      result = compiled(row, parser -> parser.webHook(row.path("hook"), "")).evaluate(scope);
    } else if (row.has("body")) {
      result = compiled(row, parser -> parser.body(row.path("body"), "")).evaluate(scope);
    } else {
      result = compiled(row, parser -> parser.value(row.path("value"), "")).evaluate(scope);
    }
    if (row.has("fetched")) {
      assertThat(JsonNodeFactory.instance.pojoNode(scope.fetched).toString())
          .isEqualTo(
              JsonNodeFactory.instance.pojoNode(strings(row.path("fetched"))).toString());
    }
    return row.path("sent").asBoolean() ? JsonText.withoutNulls(result) : result;
  }

  private static JsonNode selector(JsonNode row) {
    if (row.has("script")) {
      ObjectNode call = JsonNodeFactory.instance.objectNode();
      call.putArray("Fn::Jq").add("All").add(row.path("script")).add(row.path("input"));
      return compiled(row, parser -> parser.value(call, "")).evaluate(new MapScope(row));
    }
    List<JsonNode> results = compiled(row, parser -> parser.selector(row.path("selector"), ""))
        .select(row.path("input"), new MapScope(row));
    return row.has("type")
        ? Outputs.shape(Task.OutputType.valueOf(row.path("type").asText()), results)
        : JsonNodeFactory.instance.arrayNode().addAll(results);
  }

  private static <T> T compiled(JsonNode row, Function<ExpressionParser, T> compile) {
    Findings findings = new Findings();
    Declarations declarations = new Declarations(findings);
    row.path("parameters").fieldNames().forEachRemaining(declarations.parameters::add);
    row.path("tasks").properties().forEach(task -> {
      Set<String> outputs = new TreeSet<>();
      task.getValue().path("outputs").fieldNames().forEachRemaining(outputs::add);
      declarations.tasks.put(
          task.getKey(), new Declarations.DeclaredTask(task.getKey(), 0, outputs, Set.of()));
    });
    row.path("conditions")
        .properties()
        .forEach(c -> declarations.conditions.put(c.getKey(), c.getValue()));
    Visible names =
        new Visible(declarations, findings, declarations.tasks, Visible.AFTER_ALL, true);
    ExpressionParser parser = new ExpressionParser(Functions.all(), JQ, names, findings);
    declarations.compileConditionsBy(parser::condition);
    T result = compile.apply(parser);
    if (findings.hasErrors()) {
      throw new TemplateException("case", findings.inOrder());
    }
    return result;
  }

  private static JsonNode parameters(JsonNode row) {
    StringBuilder text =
        new StringBuilder("{\"FormatVersion\": \"OOS-2019-06-01\", \"Parameters\": ");
    text.append(row.path("declared"))
        .append(", \"Tasks\": [{\"Name\": \"t\", \"Action\": \"ACS::Pause\"}]}");
    Template template =
        new TemplateParser(Functions.all(), JQ, a -> true).parse(text.toString(), "case", "v1");
    JsonNode given = row.path("given");
    return Binding.bind(
        template,
        given instanceof ObjectNode map ? map : JsonNodeFactory.instance.objectNode(),
        row.path("source").asText("CALLER").equals("CALLER")
            ? Binding.Source.CALLER
            : Binding.Source.PARENT_TASK,
        new MapScope(row));
  }

  private static JsonNode matching(JsonNode row) {
    List<JsonNode> selected = elements(row.path("selected"));
    if (row.has("desired")) {
      return BooleanNode.valueOf(Matching.all(selected, elements(row.path("desired"))));
    }
    return row.has("undesired")
        ? BooleanNode.valueOf(Matching.none(selected, elements(row.path("undesired"))))
        : BooleanNode.valueOf(Matching.any(selected, elements(row.path("stopping"))));
  }

  private static JsonNode loop(JsonNode row) {
    if (row.has("aggregate")) {
      return Aggregation.of(row.path("aggregate").asText(), elements(row.path("values")));
    }
    RateControl control =
        RateControl.of(row.path("rateControl"), row.path("items").asInt());
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    control.batches().forEach(b -> result.withArray("/sizes").add(b.size()));
    control.batches().forEach(b -> result.withArray("/atOnce").add(b.concurrency()));
    result.put("maxErrors", control.maxErrors());
    for (int i = 0; i < control.batches().size(); i++) {
      result.withArray("/pauses").add(control.pausesAfter(i));
    }
    ObjectNode asked = JsonNodeFactory.instance.objectNode();
    row.path("gives").fieldNames().forEachRemaining(key -> asked.set(key, result.path(key)));
    return row.has("gives") ? asked : result;
  }

  /** {@code errors} and {@code warnings} are codes, each optionally with {@code @line:column} and words of the message. */
  private static void template(JsonNode row) {
    String text = row.path("text").asText().replace("\\t", "\t");
    if (row.has("times")) {
      text = text + "#".repeat(row.path("times").asInt());
    }
    if (row.has("tasks")) {
      text = "FormatVersion: OOS-2019-06-01\nRamRole: ''\nParameters: {p: {Type: String}}\nTasks:\n"
          + row.path("tasks").asText().indent(2)
          + "Outputs: {o: {Type: String, Value: '{{ p }}'}}\n";
    }
    Checked checked = new TemplateParser(
            Functions.all(), JQ, action -> action.startsWith("ACS::ECS::"))
        .check(text, "case", "v1");

    assertThat(codes(checked.errors(), row.path("errors")))
        .as("%s", checked.findings())
        .isEqualTo(expected(row.path("errors")));
    assertThat(codes(checked.warnings(), row.path("warnings")))
        .as("%s", checked.findings())
        .isEqualTo(expected(row.path("warnings")));
    assertThat(checked.template().isPresent()).isEqualTo(checked.errors().isEmpty());
    if (row.has("says")) {
      assertThat(
              checked.findings().stream().map(Finding::toString).collect(Collectors.joining("\n")))
          .contains(row.path("says").asText());
    }
  }

  private static Set<String> expected(JsonNode codes) {
    return new TreeSet<>(strings(codes));
  }

  private static Set<String> codes(List<Finding> findings, JsonNode expected) {
    boolean placed = strings(expected).stream().anyMatch(code -> code.contains("@"));
    return findings.stream()
        .map(f ->
            placed ? f.code() + "@" + f.position().line() + ":" + f.position().column() : f.code())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> strings(JsonNode list) {
    return elements(list).stream().map(JsonNode::asText).toList();
  }

  private static List<JsonNode> elements(JsonNode list) {
    List<JsonNode> elements = new ArrayList<>();
    list.forEach(elements::add);
    return elements;
  }
}
