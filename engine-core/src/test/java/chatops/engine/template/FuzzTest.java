package chatops.engine.template;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.EngineException;
import chatops.engine.catalog.BundledCatalog;
import chatops.engine.catalog.DirectoryCatalog;
import chatops.engine.catalog.TemplateCatalog;
import chatops.engine.expression.Expression;
import chatops.engine.expression.ExpressionParser;
import chatops.engine.expression.function.Functions;
import chatops.engine.jq.Jq;
import chatops.engine.jq.JqGrammar;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Spoilt templates, expressions and jq programs. Whatever they are, they are read, refused or evaluated: nothing else is
 * thrown than the engine's own exceptions, no case takes a second of the processor, and none takes much memory.
 */
class FuzzTest {
  private static final long SEED = Long.getLong("chatops.fuzz.seed", 20_261_121L);
  private static final long MOST_NANOS = 1_000_000_000L;
  private static final long MOST_BYTES = 2L << 30;
  private static final String CORPUS = String.valueOf(System.getenv("CHATOPS_CORPUS"));

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  // half a second of clock, so that a case stays below one of the processor
  private final Jq jq = new Jq(java.time.Duration.ofMillis(500));
  private final TemplateParser parser = new TemplateParser(Functions.all(), jq, action -> true);
  private final List<String> problems = new ArrayList<>();
  private long slowest;
  private long largest;

  @Test
  void spoilt_input_is_refused_or_evaluated() {
    fuzz(SEED, 300, 2_000, 2_000);
  }

  @Test
  @Tag("long")
  void much_spoilt_input_is_refused_or_evaluated() {
    int templates = Integer.getInteger("chatops.fuzz.templates", 30_000);
    int expressions = Integer.getInteger("chatops.fuzz.expressions", 60_000);
    int programs = Integer.getInteger("chatops.fuzz.programs", 60_000);
    fuzz(SEED + 1, templates, expressions, programs);
    System.out.println("long-job: fuzz seed=" + (SEED + 1) + " count="
        + (templates + expressions + programs) + " templates=" + templates + " expressions="
        + expressions + " jq=" + programs + " slowest=" + slowest / 1_000_000 + "ms largest="
        + (largest >> 20) + "MB");
  }

  private void fuzz(long seed, int templates, int expressions, int programs) {
    Random random = new Random(seed);
    List<String> texts = texts();
    Mutation mutation = new Mutation(random, texts);
    JqGrammar grammar = new JqGrammar(random);
    Set<JsonNode> values = new LinkedHashSet<>();
    Set<String> scripts = new TreeSet<>();
    texts.forEach(text -> collect(read(text), values, scripts));
    List<JsonNode> valueSeeds = List.copyOf(values);
    List<String> scriptSeeds = List.copyOf(scripts);
    warmUp(texts.get(0));

    for (int i = 0; i < templates; i++) {
      String text = mutation.of(texts.get(random.nextInt(texts.size())));
      attempt(text, () -> template(text, random));
    }
    for (int i = 0; i < expressions; i++) {
      String text =
          mutation.of(valueSeeds.get(random.nextInt(valueSeeds.size())).toString());
      JsonNode given = grammar.document();
      attempt(text, () -> expression(read(text), given));
    }
    for (int i = 0; i < programs; i++) {
      String seedText = random.nextInt(3) == 0
          ? grammar.program()
          : scriptSeeds.get(random.nextInt(scriptSeeds.size()));
      String text = random.nextInt(4) == 0 ? seedText : mutation.of(seedText);
      JsonNode input = grammar.document();
      attempt(text + "\n  on " + input, () -> jq.script(text).run(input, Map.of()));
      attempt(text + "\n  on " + input, () -> jq.selector(text).run(input, Map.of()));
    }
    assertThat(problems).isEmpty();
  }

  private void warmUp(String text) {
    parser.check(text, "warm", "v1");
    jq.script("[1] | map(. + 1)").run(JsonNodeFactory.instance.nullNode(), Map.of());
  }

  private void attempt(String input, Runnable run) {
    long bytes = threads.getCurrentThreadAllocatedBytes();
    long start = threads.getCurrentThreadCpuTime();
    try {
      run.run();
    } catch (EngineException refused) {
      // what is wrong with the input is told
    } catch (Throwable crash) {
      problem(crash.toString(), input);
    }
    long took = threads.getCurrentThreadCpuTime() - start;
    long used = threads.getCurrentThreadAllocatedBytes() - bytes;
    slowest = Math.max(slowest, took);
    largest = Math.max(largest, used);
    if (took > MOST_NANOS) {
      problem("took " + took / 1_000_000 + " ms", input);
    }
    if (used > MOST_BYTES) {
      problem("allocated " + (used >> 20) + " MB", input);
    }
  }

  private void problem(String what, String input) {
    if (problems.size() < 20) {
      problems.add(what + " for " + (input.length() > 3_000 ? input.substring(0, 3_000) : input));
    }
  }

  private void template(String text, Random random) {
    Checked checked = parser.check(text, "spoilt", "v1");
    if (checked.template().isEmpty()) {
      assertThat(checked.errors()).isNotEmpty();
      return;
    }
    Template template = checked.template().get();
    MapScope scope = new MapScope(JsonNodeFactory.instance.objectNode());
    ObjectNode given = JsonNodeFactory.instance.objectNode();
    template.parameters().keySet().forEach(name -> {
      if (random.nextBoolean()) {
        given.put(name, List.of("x", "1", "[]", "true", "{}").get(random.nextInt(5)));
      }
    });
    tolerant(() -> Binding.bind(template, given, Binding.Source.CALLER, scope));
    for (Task task : template.tasks()) {
      task.properties().values().forEach(value -> tolerant(() -> value.evaluate(scope)));
      task.outputs()
          .values()
          .forEach(output -> tolerant(
              () -> output.selector().select(JsonNodeFactory.instance.objectNode(), scope)));
    }
  }

  private void tolerant(Runnable run) {
    try {
      run.run();
    } catch (EngineException refused) {
      // what is wrong with the input is told
    }
  }

  private void expression(JsonNode value, JsonNode given) {
    Findings findings = new Findings();
    Declarations declarations = new Declarations(findings);
    declarations.parameters.addAll(List.of("p", "regionId", "instanceId"));
    Visible names = new Visible(declarations, findings, Map.of(), Visible.AFTER_ALL, true);
    ExpressionParser expressions = new ExpressionParser(Functions.all(), jq, names, findings);
    declarations.compileConditionsBy(expressions::condition);
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    parameters.set("p", given);
    parameters.put("regionId", "cn-hangzhou");
    parameters.put("instanceId", "i-1");
    MapScope scope =
        new MapScope(JsonNodeFactory.instance.objectNode().set("parameters", parameters));
    for (Expression each : List.of(
        expressions.value(value, ""),
        expressions.condition(value, ""),
        expressions.body(value, ""))) {
      tolerant(() -> each.evaluate(scope));
    }
    tolerant(() -> expressions.selector(value, "").select(given, scope));
  }

  private static JsonNode read(String text) {
    return new DocumentReader(new Findings()).read(text).orElse(MissingNode.getInstance());
  }

  private static void collect(JsonNode value, Set<JsonNode> values, Set<String> scripts) {
    for (String key : List.of("ValueSelector", "PropertySelector")) {
      if (value.path(key).isTextual()) {
        scripts.add(value.path(key).textValue());
      }
    }
    if (value.path("Fn::Jq").path(1).isTextual()) {
      scripts.add(value.path("Fn::Jq").path(1).textValue());
    }
    if (value.has("Action")
        || value.fieldNames().hasNext() && value.fieldNames().next().startsWith("Fn::")) {
      values.add(value);
    }
    value.forEach(element -> collect(element, values, scripts));
  }

  private static List<String> texts() {
    TemplateCatalog catalog = CORPUS.equals("null")
        ? new BundledCatalog()
        : new DirectoryCatalog(List.of(Path.of(CORPUS)));
    ArrayNode calls = JsonNodeFactory.instance.arrayNode();
    Functions.all().keySet().stream()
        .sorted()
        .forEach(name -> calls
            .addObject()
            .putArray(name)
            .add("{{ p }}")
            .add("a,b")
            .add(JsonNodeFactory.instance.arrayNode().add(1).add("x")));
    return Stream.concat(
            catalog.names().stream()
                .map(name -> catalog.find(name, "").orElseThrow().text()),
            Stream.of("Fn::Jq: [All, '.[]?', [1]]", calls.toString()))
        .toList();
  }
}
