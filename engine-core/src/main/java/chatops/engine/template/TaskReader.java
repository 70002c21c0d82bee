package chatops.engine.template;

import chatops.engine.expression.Expression;
import chatops.engine.expression.ExpressionParser;
import chatops.engine.expression.Fault;
import chatops.engine.expression.Literal;
import chatops.engine.expression.Selector;
import chatops.engine.expression.Spelling;
import chatops.engine.template.Declarations.DeclaredTask;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one task; made for it and used once. */
final class TaskReader {
  static final List<String> KEYS = List.of(
      "Name",
      "Action",
      "Description",
      "Properties",
      "Outputs",
      "Loop",
      "When",
      "OnSuccess",
      "OnError",
      "OnCancel",
      "IsCritical",
      "Retries",
      "DelayType",
      "Delay",
      "BackOff",
      "MaxRetryInterval");

  private final TaskParser parser;
  private final Fields task;
  private final Fields properties;
  private final Findings findings;
  private final int index;
  private final Set<String> siblings;
  private final Map<String, DeclaredTask> readable;
  private final String name;
  private final String action;
  private final Shape shape;
  private final boolean isLooping;
  private final boolean insideLoop;
  private final ExpressionParser values;

  /**
   * @param index place in its list; it may read tasks before it
   * @param siblings names it may jump to
   * @param readable tasks that can be named in references
   */
  TaskReader(
      TaskParser parser,
      Fields unnamed,
      int index,
      Set<String> siblings,
      Map<String, DeclaredTask> readable,
      boolean insideLoop) {
    this.parser = parser;
    this.name = unnamed.requiredText("Name").orElse("");
    this.task =
        new Fields(unnamed.map(), unnamed.pointer(), "task '" + name + "'", unnamed.findings());
    this.findings = unnamed.findings();
    this.index = index;
    this.siblings = siblings;
    this.readable = readable;
    this.action = task.requiredText("Action").orElse("").strip();
    this.shape = Shape.of(action);
    this.isLooping = task.has("Loop");
    this.insideLoop = insideLoop;
    this.properties = task.map("Properties", task.owner() + ", Properties");
    this.values = parser.expressions(parser.names(readable, index, isLooping || insideLoop));
  }

  Task read() {
    task.only(KEYS, this::misplaced);
    checkName();
    new ActionChecks(task, properties, action, shape, findings).check(parser::knowsAction);
    shape.check(properties);
    Visible atWhen = parser.names(readable, index, isLooping || insideLoop);
    return new Task(
        name,
        action,
        evaluated(),
        propertySelector(),
        rules(),
        reports(),
        outputs(),
        isLooping ? loop() : null,
        when(parser.expressions(atWhen)),
        isLooping && atWhen.itemRead(),
        target("OnSuccess", Task.Targets.NEXT),
        target("OnError", Task.Targets.END),
        target("OnCancel", Task.Targets.END),
        task.bool("IsCritical").orElse(true),
        Retries.read(task),
        shape == Shape.CHOICE ? choices() : List.of(),
        shape == Shape.LOOP ? loopTasks() : List.of(),
        findings.position(task.pointer()));
  }

  /** What to do about an attribute that tasks do not have. */
  private String misplaced(String key) {
    boolean isAction = key.equalsIgnoreCase("Type") && !task.has("Action");
    return isAction
        ? "did you mean 'Action'?"
        : Spelling.find(shape.known(), key)
            .map(property -> property + " stands in Properties")
            .orElseGet(() -> Spelling.suggest(key, task.absent(KEYS), "remove it"));
  }

  private void checkName() {
    if (!name.isEmpty() && !Naming.isName(name)) {
      findings.add(
          Fault.INVALID_NAME, task.at("Name"), task.owner() + ": " + Naming.EXPECTED, "rename it");
    }
  }

  private @Nullable Expression when(ExpressionParser conditions) {
    return task.has("When") ? conditions.condition(task.get("When"), task.at("When")) : null;
  }

  private Map<String, Expression> evaluated() {
    Map<String, Expression> compiled = new LinkedHashMap<>();
    shape
        .evaluated(properties)
        .forEach((key, value) -> compiled.put(key, property(key, value, properties.at(key))));
    return Collections.unmodifiableMap(compiled);
  }

  private Expression property(String key, JsonNode value, String place) {
    if (shape == Shape.CHOICE && key.equals("DefaultTask") && value.isTextual()) {
      return new Literal(TextNode.valueOf(lead(properties, key, value.textValue())));
    }
    if (shape == Shape.TEMPLATE && key.equals("TemplateContent")) {
      if (value.isObject()) {
        parser.checkInside(value, place);
      }
      return values.content(value, place);
    }
    if (shape.isWebHook(key)) {
      return values.webHook(value, place);
    }
    if (shape.isUrl(key)) {
      return values.url(value, place);
    }
    return shape.isBody(key) ? values.body(value, place) : values.value(value, place);
  }

  private @Nullable Selector propertySelector() {
    Fields holder = shape.selectorHolder(properties);
    return holder.has("PropertySelector")
        ? values.selector(holder.get("PropertySelector"), holder.at("PropertySelector"))
        : null;
  }

  /** Comparisons, which web requests may have in place of one selector. */
  private List<Task.Rule> rules() {
    if (shape != Shape.EXECUTE_HTTP_REQUEST) {
      return List.of();
    }
    Fields holder = shape.selectorHolder(properties);
    List<Task.Rule> rules = new ArrayList<>();
    List<JsonNode> written = holder.map().isObject() ? holder.list("Rules") : List.of();
    for (int i = 0; i < written.size(); i++) {
      Fields rule = new Fields(
              written.get(i),
              holder.at("Rules") + "/" + i,
              holder.owner() + ", rule " + (i + 1),
              findings)
          .only(List.of("PropertySelector", "Operator", "Value"));
      if (!rule.has("PropertySelector")) {
        rule.missing("PropertySelector");
        continue;
      }
      if (!rule.map().has("Value")) {
        rule.missing("Value");
      }
      Optional<Task.Operator> operator =
          Task.Operator.of(rule.requiredText("Operator").orElse("Equals"));
      if (operator.isEmpty()) {
        rule.wrongValue("Operator", "Equals, In or NotIn");
      }
      rules.add(new Task.Rule(
          values.selector(rule.get("PropertySelector"), rule.at("PropertySelector")),
          operator.orElse(Task.Operator.EQUALS),
          i));
    }
    return List.copyOf(rules);
  }

  private Map<String, Selector> reports() {
    Map<String, Selector> reports = new LinkedHashMap<>();
    for (String key : List.of(Task.PROGRESS, Task.STOP_REASON)) {
      if (shape.isPoll() && properties.has(key)) {
        reports.put(key, values.selector(properties.get(key), properties.at(key)));
      }
    }
    return Collections.unmodifiableMap(reports);
  }

  private Map<String, Task.TaskOutput> outputs() {
    ExpressionParser selectors = parser.expressions(outputNames());
    Map<String, Task.TaskOutput> outputs = new LinkedHashMap<>();
    Fields all = task.map("Outputs", task.owner() + ", Outputs");
    task.entries("Outputs").forEach((output, definition) -> {
      String owner = task.owner() + ", output '" + output + "'";
      Fields fields = new Fields(definition, all.at(output), owner, findings)
          .only(List.of("Type", "ValueSelector", "Value", "Description"));
      Naming.check(output, fields);
      // old documents say Value
      String key = fields.has("ValueSelector") ? "ValueSelector" : "Value";
      if (fields.has(key)) {
        Selector selector = selectors.selector(fields.get(key), fields.at(key));
        outputs.put(
            output,
            new Task.TaskOutput(OutputTypes.read(fields), selector, plainName(fields.get(key))));
      } else {
        fields.missing("ValueSelector");
      }
    });
    return Collections.unmodifiableMap(outputs);
  }

  private static @Nullable String plainName(JsonNode selector) {
    String text = selector.asText("").strip();
    String name = text.startsWith(".") ? text.substring(1) : text;
    return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : null;
  }

  /** Outputs of ACS::Loop read the tasks of one iteration. */
  private Visible outputNames() {
    if (shape != Shape.LOOP) {
      return parser.names(readable, index, isLooping || insideLoop);
    }
    Map<String, DeclaredTask> inner = new LinkedHashMap<>(readable);
    Declarations.declare(properties.get("LoopTasks"))
        .forEach((each, declared) -> inner.put(each, declared.before()));
    return parser.names(inner, index, true);
  }

  private List<Task> loopTasks() {
    Map<String, DeclaredTask> before = new LinkedHashMap<>();
    readable.forEach((each, declared) -> {
      if (declared.index() < index) {
        before.put(each, declared.before());
      }
    });
    return parser.parse(properties.get("LoopTasks"), properties.at("LoopTasks"), before, true);
  }

  private Task.Loop loop() {
    Fields loop = task.map("Loop", task.owner() + ", Loop");
    ExpressionParser atItems = parser.expressions(parser.names(readable, index, insideLoop));
    return new LoopParser(loop, atItems, findings).parse(task.entries("Outputs").keySet());
  }

  private List<Task.Choice> choices() {
    List<Task.Choice> choices = new ArrayList<>();
    List<JsonNode> written = properties.list("Choices");
    for (int i = 0; i < written.size(); i++) {
      String owner = properties.owner() + ", choice " + (i + 1);
      Fields choice = new Fields(
              written.get(i), properties.at("Choices") + "/" + i, owner, findings)
          .only(List.of("When", "NextTask"));
      Optional<String> next = choice.requiredText("NextTask");
      if (!choice.has("When")) {
        choice.missing("When");
      } else if (next.isPresent()) {
        Expression when = values.condition(choice.get("When"), choice.at("When"));
        choices.add(new Task.Choice(when, lead(choice, "NextTask", next.get())));
      }
    }
    return choices;
  }

  private String target(String key, String whenAbsent) {
    return task.text(key).map(target -> lead(task, key, target)).orElse(whenAbsent);
  }

  /** Where {@code key} leads, in declared spelling. */
  private String lead(Fields holder, String key, String written) {
    String target = Jumps.normal(written, siblings);
    if (!Jumps.isReserved(target) && !siblings.contains(target)) {
      findings.add(
          Fault.UNKNOWN_TARGET,
          holder.at(key),
          holder.owner() + ": " + key + " is '" + target + "', which is no task of this list",
          Spelling.suggest(target, siblings, "name a task, ACS::NEXT or ACS::END"));
    }
    return target;
  }
}
