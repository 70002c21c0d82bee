package chatops.engine.template;

import chatops.engine.expression.Expression;
import chatops.engine.expression.ExpressionParser;
import chatops.engine.expression.Fault;
import chatops.engine.expression.Function;
import chatops.engine.expression.JsonText;
import chatops.engine.jq.Jq;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Template} of YAML or JSON text, or says everything that is wrong with it. Thread-safe.
 *
 * <p>Limits: 64 KB of text, 200 tasks.
 */
public final class TemplateParser {
  private static final String FORMAT = "OOS-2019-06-01";
  private static final int LARGEST = 64 * 1024;

  static final List<String> KEYS = List.of(
      "FormatVersion",
      "Description",
      "Parameters",
      "RamRole",
      "Conditions",
      "Tasks",
      "Outputs",
      "Metadata");

  private final Map<String, Function> functions;
  private final Jq jq;
  private final Predicate<String> knownAction;

  /**
   * @param functions by name
   * @param knownAction whether a product action of that name can be found; the atomic actions are known anyway
   */
  public TemplateParser(Map<String, Function> functions, Jq jq, Predicate<String> knownAction) {
    this.functions = Map.copyOf(functions);
    this.jq = jq;
    this.knownAction = knownAction;
  }

  /** @throws TemplateException with every error found */
  public Template parse(String text, String name, String version) {
    Checked checked = check(text, name, version);
    return checked.template().orElseThrow(() -> new TemplateException(name, checked.errors()));
  }

  /** The template, when it has no errors, and everything found. */
  public Checked check(String text, String name, String version) {
    Findings findings = new Findings();
    Optional<Template> template = Optional.empty();
    if (text.getBytes(StandardCharsets.UTF_8).length > LARGEST) {
      findings.add(
          Fault.TOO_LARGE,
          "",
          "the template has " + text.getBytes(StandardCharsets.UTF_8).length
              + " bytes, at most 65536 are allowed",
          "move parts into templates of their own and use ACS::Template");
    } else {
      template = new DocumentReader(findings)
          .read(text)
          .flatMap(root -> template(root, findings, name, version, hash(text)));
    }
    return new Checked(findings.hasErrors() ? Optional.empty() : template, findings.inOrder());
  }

  /** Checks a template that stands inside another one. */
  void checkInside(JsonNode root, Findings findings) {
    template(root, findings, "", "", "");
  }

  private Optional<Template> template(
      JsonNode root, Findings findings, String name, String version, String hash) {
    if (!root.isObject()) {
      findings.add(
          Fault.WRONG_TYPE,
          "",
          "a template must be a map, found " + JsonText.typeOf(root),
          "start with FormatVersion: " + FORMAT);
      return Optional.empty();
    }
    Fields fields = new Fields(root, "", "the template", findings);
    if (!isTaskTemplate(fields)) {
      return Optional.empty();
    }
    fields.only(KEYS);
    Declarations declarations = declarations(fields, findings);
    Map<String, Parameter> parameters = parameters(fields, declarations, findings);
    Expression ramRole = ramRole(fields, declarations, findings);
    List<Task> tasks = new TaskParser(functions, jq, knownAction, declarations, findings)
        .parse(fields.get("Tasks"), "/Tasks", Map.of(), false);
    Map<String, Template.Output> outputs = outputs(fields, declarations, findings);
    declarations.conditions.keySet().forEach(declarations::condition);
    new TemplateChecks(fields, declarations, findings).check(tasks, parameters);
    return Optional.of(new Template(
        name,
        version,
        hash,
        Wordings.of(fields.get("Description")),
        parameters,
        ramRole,
        List.copyOf(tasks),
        outputs));
  }

  private static boolean isTaskTemplate(Fields fields) {
    String format = fields.requiredText("FormatVersion").orElse(FORMAT);
    if (format.equals(FORMAT + "-State")) {
      fields
          .findings()
          .add(
              Fault.FORMAT_VERSION,
              fields.at("FormatVersion"),
              "this is a state configuration, not a template of tasks; it cannot be executed",
              "use it with the state-configuration feature of OOS");
      return false;
    }
    if (!format.equals(FORMAT)) {
      fields
          .findings()
          .add(
              Fault.FORMAT_VERSION,
              fields.at("FormatVersion"),
              "FormatVersion is '" + format + "', expected " + FORMAT,
              "write FormatVersion: " + FORMAT);
    }
    return true;
  }

  private Declarations declarations(Fields fields, Findings findings) {
    Declarations declarations = new Declarations(findings);
    declarations.parameters.addAll(fields.entries("Parameters").keySet());
    declarations.conditions.putAll(fields.entries("Conditions"));
    declarations.tasks.putAll(Declarations.declare(fields.get("Tasks")));
    // evaluated where they are named, so a loop item may be there; the place that names them knows
    Visible names =
        new Visible(declarations, findings, declarations.tasks, Visible.AFTER_ALL, true);
    ExpressionParser expressions = new ExpressionParser(functions, jq, names, findings);
    declarations.compileConditionsBy(expressions::condition);
    return declarations;
  }

  private Map<String, Parameter> parameters(
      Fields fields, Declarations declarations, Findings findings) {
    Visible names = new Visible(declarations, findings, Map.of(), Visible.AFTER_ALL, false);
    ParameterParser parser =
        new ParameterParser(findings, new ExpressionParser(functions, jq, names, findings));
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    Fields all = fields.map("Parameters", "Parameters");
    fields
        .entries("Parameters")
        .forEach((name, definition) ->
            parameters.put(name, parser.parse(name, definition, all.at(name))));
    return Collections.unmodifiableMap(parameters);
  }

  private @Nullable Expression ramRole(
      Fields fields, Declarations declarations, Findings findings) {
    if (!fields.has("RamRole")) {
      return null;
    }
    Visible names = new Visible(declarations, findings, Map.of(), Visible.AFTER_ALL, false);
    return new ExpressionParser(functions, jq, names, findings)
        .value(fields.get("RamRole"), fields.at("RamRole"));
  }

  private Map<String, Template.Output> outputs(
      Fields fields, Declarations declarations, Findings findings) {
    Visible names =
        new Visible(declarations, findings, declarations.tasks, Visible.AFTER_ALL, false);
    ExpressionParser values = new ExpressionParser(functions, jq, names, findings);
    Map<String, Template.Output> outputs = new LinkedHashMap<>();
    Fields all = fields.map("Outputs", "Outputs");
    fields.entries("Outputs").forEach((name, definition) -> {
      Fields output = new Fields(definition, all.at(name), "output '" + name + "'", findings)
          .only(List.of("Type", "Value", "Description", "Label"));
      if (!Naming.isName(name)) {
        findings.add(
            Fault.INVALID_NAME,
            output.pointer(),
            output.owner() + ": " + Naming.EXPECTED,
            "rename it");
      }
      if (!output.map().has("Value")) {
        output.missing("Value");
        return;
      }
      outputs.put(
          name,
          new Template.Output(
              OutputTypes.read(output),
              values.value(output.map().path("Value"), output.at("Value"))));
    });
    return Collections.unmodifiableMap(outputs);
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
