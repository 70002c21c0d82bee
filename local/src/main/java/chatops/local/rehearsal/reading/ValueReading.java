package chatops.local.rehearsal.reading;

import chatops.local.rehearsal.jq.ProgramParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values written in one template as forms: literals, references, functions, selectors. */
final class ValueReading {
  private static final Pattern REFERENCE = Pattern.compile("\\{\\{\\s*([^{}]+?)\\s*}}");

  private final Frame frame;
  private final String region;

  ValueReading(Frame frame, String region) {
    this.frame = frame;
    this.region = region;
  }

  /** The same for another frame. */
  ValueReading in(Frame other) {
    return new ValueReading(other, region);
  }

  String region() {
    return region;
  }

  Frame frame() {
    return frame;
  }

  Form value(JsonNode raw) {
    if (raw.isTextual()) {
      return text(raw.textValue());
    }
    if (raw.isArray()) {
      return list(raw);
    }
    if (raw.isObject()) {
      String name = raw.size() == 1 ? raw.fieldNames().next() : "";
      return name.startsWith("Fn::")
          ? new FunctionReading(this).call(name, raw.path(name))
          : map(raw);
    }
    return Form.known(raw);
  }

  private Form map(JsonNode raw) {
    Form form = Form.of(Form.Kind.MAP);
    boolean isKnown = true;
    for (Map.Entry<String, JsonNode> entry : raw.properties()) {
      Form value = value(entry.getValue());
      isKnown &= value.known().isPresent();
      form.put(entry.getKey(), value);
    }
    return isKnown ? Form.known(raw) : form;
  }

  private Form list(JsonNode raw) {
    Form first = Form.known(raw);
    boolean isKnown = true;
    for (JsonNode element : raw) {
      Form form = value(element);
      if (isKnown && form.known().isEmpty()) {
        first = form;
        isKnown = false;
      }
    }
    return isKnown ? Form.known(raw) : Form.listOf(first);
  }

  private Form text(String raw) {
    Matcher reference = REFERENCE.matcher(raw);
    if (!reference.find()) {
      return Form.known(TextNode.valueOf(raw));
    }
    if (reference.start() == 0 && reference.end() == raw.length()) {
      return reference(reference.group(1));
    }
    List<Form> parts = new ArrayList<>();
    StringBuilder shape = new StringBuilder();
    int end = 0;
    do {
      parts.add(reference(reference.group(1)));
      shape.append(Pattern.quote(raw.substring(end, reference.start()))).append("(.*?)");
      end = reference.end();
    } while (reference.find());
    Pattern whole = Pattern.compile(shape + Pattern.quote(raw.substring(end)), Pattern.DOTALL);
    return Form.computed(Form.Kind.TEXT, (value, equal, force) -> {
      Matcher wanted = whole.matcher(value.asText());
      for (int i = 0; equal && wanted.matches() && i < parts.size(); i++) {
        parts.get(i).wish(TextNode.valueOf(wanted.group(i + 1)), force);
      }
    });
  }

  Form reference(String text) {
    Form form = named(text);
    return form.known().isPresent() ? form : form.referredToBy(text);
  }

  private Form named(String text) {
    if (text.regionMatches(true, 0, "ACS::", 0, 5)) {
      String pseudo = text.substring(5);
      if (pseudo.equalsIgnoreCase("TaskLoopItem")) {
        return frame.item();
      }
      if (pseudo.toLowerCase(java.util.Locale.ROOT).startsWith("taskloopitem.")) {
        return path(pseudo.substring("TaskLoopItem".length()), frame.item());
      }
      return pseudo.equalsIgnoreCase("RegionId")
          ? Form.known(TextNode.valueOf(region))
          : Form.of(Form.Kind.TEXT);
    }
    if (text.startsWith("oos")) {
      return Form.of(Form.Kind.TEXT);
    }
    int dot = text.indexOf('.');
    String name = dot < 0 ? text : text.substring(0, dot);
    String rest = dot < 0 ? "" : text.substring(dot + 1);
    return frame
        .parameter(name)
        .map(form -> rest.isEmpty() ? form : path(rest, form))
        .or(() -> frame
            .task(name)
            .map(given ->
                Frame.find(given.outputs(), rest).orElseGet(() -> path(rest, given.result()))))
        .orElseGet(() -> new Form(text));
  }

  private Form path(String program, Form of) {
    List<Form> found = select(program.startsWith(".") ? program : "." + program, of, true);
    Form first = found.isEmpty() ? new Form(program) : found.get(0);
    return program.contains("[]") ? Form.listOf(first) : first;
  }

  /** What a jq program finds in {@code input}; nothing when this reader does not understand it. */
  List<Form> select(String program, Form input, boolean isSelector) {
    Map<String, Form> variables = new HashMap<>();
    String text = withVariables(program.strip(), variables);
    boolean needsDot = isSelector && text.matches("(?s)[A-Za-z_].*") && !isProgram(text);
    try {
      return new SelectorReading(variables)
          .read(ProgramParser.parse(needsDot ? "." + text : text), input);
    } catch (IllegalArgumentException unknown) {
      return List.of();
    }
  }

  private static boolean isProgram(String text) {
    return text.matches("(?s)(if|try|reduce|foreach|def|not|null|true|false|empty)\\b.*")
        || text.matches("(?s)[A-Za-z_][A-Za-z0-9_]*\\s*(\\(|\\|).*")
            && text.matches(
                "(?s)(map|select|length|keys|to_entries|sort|sort_by|unique|add|first|last|any|all|flatten|tostring|range|group_by)\\b.*");
  }

  /** References become variables: interpolated in a string, a field name after a dot. */
  private String withVariables(String program, Map<String, Form> variables) {
    StringBuilder text = new StringBuilder();
    boolean quoted = false;
    Matcher reference = REFERENCE.matcher(program);
    int at = 0;
    while (at < program.length()) {
      char c = program.charAt(at);
      if (c == '{' && reference.region(at, program.length()).lookingAt()) {
        String name = "__r" + variables.size();
        variables.put(name, reference(reference.group(1)));
        boolean isField = !quoted && text.length() > 0 && text.charAt(text.length() - 1) == '.';
        text.append(quoted ? "\\($" + name + ")" : isField ? "\"\\($" + name + ")\"" : "$" + name);
        at = reference.end();
        continue;
      }
      if (c == '\\' && quoted && at + 1 < program.length()) {
        text.append(c).append(program.charAt(at + 1));
        at += 2;
        continue;
      }
      quoted ^= c == '"';
      text.append(c);
      at++;
    }
    return text.toString();
  }

  /** A condition as templates write them: a map, a reference, or the name of one. */
  Form condition(JsonNode raw) {
    if (raw.isTextual() && frame.condition(raw.textValue()).isPresent()) {
      return condition(frame.condition(raw.textValue()).orElse(raw));
    }
    return value(raw);
  }

  /** Elements of a list written in the template; the form of a whole list when it is a reference. */
  List<Form> elements(JsonNode raw) {
    List<Form> forms = new ArrayList<>();
    if (raw.isArray()) {
      raw.forEach(element -> forms.add(value(element)));
    } else if (!raw.isMissingNode() && !raw.isNull()) {
      forms.add(value(raw));
    }
    return forms;
  }
}
