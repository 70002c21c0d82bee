package chatops.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chatops.engine.expression.Expression;
import chatops.engine.expression.ExpressionParser;
import chatops.engine.expression.JsonText;
import chatops.engine.expression.Selector;
import chatops.engine.expression.function.Functions;
import chatops.engine.jq.Jq;
import chatops.engine.jq.JqCommand;
import chatops.engine.jq.JqGrammar;
import chatops.engine.jq.JqOutcome;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every selector and script of templates that nobody here wrote, on generated documents, here and by the jq command. There,
 * references are put into the text by the rules of the language; here, they become variables.
 */
class JqCorpusTest {
  private static final String CORPUS = String.valueOf(System.getenv("CHATOPS_CORPUS"));
  private static final long SEED = 20_261_121L;
  private static final int DOCUMENTS = 12;
  private static final Pattern REFERENCE = Pattern.compile("\\{\\{\\s*([^}]*?)\\s*}}");
  private static final Pattern WORD = Pattern.compile("(?<![\"\\w$@])[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern PLAIN =
      Pattern.compile("\\.?(\\[]\\??|\\[-?\\d+]\\??|[A-Za-z_]\\w*\\??|\\.)*");

  /** @param isSelector whether a leading dot may be missing */
  private record Script(String text, boolean isSelector) {}

  @TempDir
  Path directory;

  private final Jq jq = new Jq();
  private final Random random = new Random(SEED);
  private final JqGrammar documents = new JqGrammar(random);

  @Test
  void selectors_and_scripts_give_what_the_jq_command_gives() throws IOException {
    assumeTrue(!CORPUS.equals("null"), "CHATOPS_CORPUS is not set");
    assumeTrue(JqCommand.isInstalled(), "jq 1.6 is not installed");
    List<JqCommand.Job> jobs = new ArrayList<>();
    List<List<JqOutcome>> ours = new ArrayList<>();

    Set<Script> scripts = scripts();
    for (Script script : scripts) {
      ObjectNode values = values(script.text());
      List<JsonNode> inputs = new ArrayList<>();
      List<JqOutcome> outcomes = new ArrayList<>();
      for (int i = 0; i < DOCUMENTS; i++) {
        JsonNode input = parsed(document(script.text(), words(script.text()), 0, 6));
        inputs.add(input);
        outcomes.add(JqOutcome.of(() -> here(script, input, values)));
      }
      jobs.add(new JqCommand.Job(there(script, values), inputs));
      ours.add(outcomes);
    }
    List<List<JqOutcome>> theirs = new JqCommand(directory).run(jobs);

    List<String> differences = new ArrayList<>();
    int iteratesNull = 0;
    int failed = 0;
    for (int i = 0; i < jobs.size(); i++) {
      boolean isPath = PLAIN.matcher(jobs.get(i).program()).matches();
      for (int d = 0; d < DOCUMENTS; d++) {
        JqOutcome expected = theirs.get(i).get(d);
        failed += expected.hasFailed() ? 1 : 0;
        if (isPath && expected.message().contains("Cannot iterate over null")) {
          iteratesNull++;
        } else if (!ours.get(i).get(d).agrees(expected) || expected.isRefused()) {
          differences.add(
              jobs.get(i).program() + "\n  on " + jobs.get(i).documents().get(d) + "\n  jq   "
                  + expected + "\n  here " + ours.get(i).get(d));
          break;
        }
      }
    }
    System.out.println("jq: " + jobs.size() + " selectors and scripts, " + jobs.size() * DOCUMENTS
        + " results compared, " + failed + " failures, " + iteratesNull
        + " of them paths that iterate null, seed " + SEED);
    assertThat(differences).isEmpty();
    assertThat(jobs).hasSizeGreaterThan(300);
  }

  private List<JsonNode> here(Script script, JsonNode input, ObjectNode values) {
    Findings findings = new Findings();
    Declarations declarations = new Declarations(findings);
    values.fieldNames().forEachRemaining(declarations.parameters::add);
    ExpressionParser parser = new ExpressionParser(
        Functions.all(),
        jq,
        new Visible(declarations, findings, Map.of(), Visible.AFTER_ALL, false),
        findings);
    MapScope scope = new MapScope(JsonNodeFactory.instance.objectNode().set("parameters", values));
    if (script.isSelector()) {
      Selector selector = parser.selector(JsonNodeFactory.instance.textNode(script.text()), "");
      assertThat(findings.hasErrors()).as("%s: %s", script, findings.inOrder()).isFalse();
      return selector.select(input, scope);
    }
    ObjectNode call = JsonNodeFactory.instance.objectNode();
    call.putArray("Fn::Jq").add("All").add(script.text()).add(input);
    Expression expression = parser.value(call, "");
    assertThat(findings.hasErrors()).as("%s: %s", script, findings.inOrder()).isFalse();
    List<JsonNode> results = new ArrayList<>();
    expression.evaluate(scope).forEach(results::add);
    return results;
  }

  /** The program as a text, values written into it. */
  private static String there(Script script, ObjectNode values) {
    StringBuilder program = new StringBuilder();
    Matcher reference = REFERENCE.matcher(script.text());
    boolean quoted = false;
    int at = 0;
    while (reference.find()) {
      String before = script.text().substring(at, reference.start());
      for (int i = 0; i < before.length(); i++) {
        quoted ^= before.charAt(i) == '"' && (i == 0 || before.charAt(i - 1) != '\\');
      }
      String text = JsonText.of(values.path(reference.group(1)), "null");
      program.append(before).append(quoted ? JsonText.escape(text) : text);
      at = reference.end();
    }
    String text = program.append(script.text().substring(at)).toString().strip();
    boolean needsDot = script.isSelector() && text.matches("(?s)[A-Za-z_].*");
    return needsDot ? "." + text : text;
  }

  /** Nested as the words of the program follow each other, lists where it iterates; mostly. */
  private JsonNode document(String program, List<String> words, int at, int depth) {
    if (at >= words.size() || depth == 0 || random.nextInt(20) == 0) {
      return documents.document(words.subList(0, Math.min(5, words.size())), 1);
    }
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    map.set(words.get(at), value(program, words, at, depth));
    for (int more = random.nextInt(4); more > 0; more--) {
      int other = random.nextInt(words.size());
      map.set(words.get(other), value(program, words, other, Math.max(0, depth - 2)));
    }
    return map;
  }

  private JsonNode value(String program, List<String> words, int at, int depth) {
    boolean isList = program.contains(words.get(at) + "[") || random.nextInt(10) == 0;
    if (!isList || depth == 0) {
      return document(program, words, at + 1, Math.max(0, depth - 1));
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (int size = random.nextInt(4); size > 0; size--) {
      list.add(document(program, words, at + 1, depth - 1));
    }
    return list;
  }

  // as Fn::Jq takes the text of a list or map
  private static JsonNode parsed(JsonNode document) {
    return document.isTextual()
        ? JsonText.parseContainer(document.textValue()).orElse(document)
        : document;
  }

  /** Every reference as one to a parameter. */
  private static String named(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(reference -> "{{" + reference.group(1).replaceAll("[^A-Za-z0-9_]", "-") + "}}");
  }

  /** A value for every reference, of a kind that fits where it stands. */
  private ObjectNode values(String text) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    Matcher reference = REFERENCE.matcher(text);
    while (reference.find()) {
      String before = text.substring(0, reference.start());
      boolean quoted = before.chars().filter(c -> c == '"').count() % 2 == 1;
      String name = reference.group(1);
      if (quoted || before.endsWith(".")) {
        List<String> texts = before.endsWith(".")
            ? List.of("Name", "Value", "a")
            : List.of("x", "A-b-1", "12", "i-bp1", "");
        values.put(name, texts.get(random.nextInt(texts.size())));
      } else {
        ArrayNode list = JsonNodeFactory.instance.arrayNode().add("x").add("A-b-1");
        values.set(
            name,
            List.<JsonNode>of(list, JsonNodeFactory.instance.numberNode(2), list)
                .get(random.nextInt(3)));
      }
    }
    return values;
  }

  private static List<String> words(String text) {
    Set<String> words = new LinkedHashSet<>();
    Matcher word = WORD.matcher(REFERENCE.matcher(text).replaceAll(" "));
    while (word.find()) {
      words.add(word.group());
    }
    words.add("x");
    return List.copyOf(words);
  }

  private static Set<Script> scripts() throws IOException {
    Set<Script> scripts = new LinkedHashSet<>();
    List<Path> files;
    try (Stream<Path> found = Files.walk(Path.of(CORPUS))) {
      files = found
          .filter(file -> file.toString().matches(".*\\.(ya?ml|json)"))
          .sorted()
          .toList();
    }
    for (Path file : files) {
      JsonNode document = new DocumentReader(new Findings())
          .read(Files.readString(file))
          .orElse(MissingNode.getInstance());
      collect(document, scripts);
    }
    return scripts;
  }

  private static void collect(JsonNode value, Set<Script> scripts) {
    for (String key : List.of("ValueSelector", "PropertySelector")) {
      String text = value.path(key).asText("");
      // a whole reference is no program
      if (!text.isBlank() && !REFERENCE.matcher(text.strip()).matches()) {
        scripts.add(new Script(named(text), true));
      }
    }
    JsonNode script = value.path("Fn::Jq").path(1);
    if (script.isTextual() && !REFERENCE.matcher(script.textValue().strip()).matches()) {
      scripts.add(new Script(named(script.textValue()), false));
    }
    value.forEach(element -> collect(element, scripts));
  }
}
