package chatops.local.rehearsal.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads one task after the other: what it reads of earlier ones, and what later ones will read of it. */
final class TaskReading {
  private static final JsonNode HOOK = TextNode.valueOf("https://example.com/hook");

  /** Makes, or finds, the answer of a call. */
  interface Sites {
    Form site(String path, String service, String api);
  }

  /** Reads a template that a task runs; gives its outputs. */
  interface Nested {
    Map<String, Form> read(String name, Map<String, Form> parameters, String path);
  }

  private final ValueReading values;
  private final Sites sites;
  private final Nested nested;

  TaskReading(ValueReading values, Sites sites, Nested nested) {
    this.values = values;
    this.sites = sites;
    this.nested = nested;
  }

  void read(JsonNode task, String prefix) {
    Frame frame = values.frame();
    String path = prefix + task.path("Name").asText();
    JsonNode loop = task.path("Loop");
    if (!loop.isMissingNode()) {
      Form items = values.value(loop.path("Items"));
      frame.item(items.each());
      values.value(loop.path("RateControl"));
      values.value(loop.path("Concurrency"));
    }
    if (task.has("When")) {
      Comparison.truth(values.condition(task.path("When")), true, Force.MAY);
    }
    Form result = action(task, path);
    Map<String, Form> outputs = new LinkedHashMap<>();
    task.path("Outputs")
        .properties()
        .forEach(output -> outputs.put(output.getKey(), output(output.getValue(), result)));
    loop.path("Outputs").properties().forEach(aggregate -> {
      String field = aggregate.getValue().path("AggregateField").asText();
      outputs.put(aggregate.getKey(), Form.listOf(Frame.find(outputs, field).orElse(null)));
    });
    if (!loop.isMissingNode()) {
      frame.item(null);
    }
    frame.task(task.path("Name").asText(), new Frame.Given(result, outputs));
  }

  private Form output(JsonNode declared, Form result) {
    String selector = declared.path("ValueSelector").asText(".");
    List<Form> found = values.select(selector, result, true);
    String type = declared.path("Type").asText("String").toLowerCase(Locale.ROOT);
    Form first = found.isEmpty() ? new Form(selector) : found.get(0);
    return switch (type) {
      case "list", "array" -> Form.listOf(found.isEmpty() ? null : first);
      case "number" -> first.as(Form.Kind.NUMBER);
      case "boolean" -> first.as(Form.Kind.BOOLEAN);
      default -> first;
    };
  }

  private Form action(JsonNode task, String path) {
    String action = task.path("Action").asText().strip();
    JsonNode properties = task.path("Properties");
    return switch (action.toLowerCase(Locale.ROOT)) {
      case "acs::executeapi" -> call(properties, path);
      case "acs::waitfor", "acs::checkfor" -> {
        Form reply = call(properties, path);
        desired(properties, reply);
        yield reply;
      }
      case "acs::selecttargets" -> {
        values.value(properties);
        for (Form filter : values.elements(properties.path("Filters"))) {
          filter.wish(UsualTargets.in(values.region()), Force.MAY);
        }
        yield sites.site(path, "", "");
      }
      case "acs::choice" -> {
        for (JsonNode choice : properties.path("Choices")) {
          Comparison.truth(values.condition(choice.path("When")), true, Force.MAY);
        }
        yield new Form("choice");
      }
      case "acs::eventtrigger", "acs::alarmtrigger", "acs::executehttprequest" -> {
        values.value(properties);
        Form message = sites.site(path, action, "");
        desired(properties.path("WaitFor"), message);
        desired(properties.path("CheckFor"), message);
        yield message;
      }
      case "acs::notify", "acs::approve" -> {
        values.value(properties);
        values.value(properties.path("WebHook").path("URI")).wish(HOOK, Force.MAY);
        yield new Form("message");
      }
      case "acs::template" -> template(properties, path);
      case "acs::loop" -> loop(properties, path);
      default -> child(action, values.value(properties), path);
    };
  }

  private Form call(JsonNode properties, String path) {
    properties.properties().forEach(property -> {
      String name = property.getKey();
      boolean isDesire = name.equals("PropertySelector") || name.endsWith("Values");
      if (!isDesire) {
        values.value(property.getValue());
      }
    });
    return sites.site(path, known(properties, "Service"), known(properties, "API"));
  }

  private String known(JsonNode properties, String name) {
    return values.value(properties.path(name)).known().map(JsonNode::asText).orElse("");
  }

  private void desired(JsonNode properties, Form reply) {
    for (JsonNode rule : properties.path("Rules")) {
      String operator = rule.path("Operator").asText("").strip();
      List<Form> wanted = operator.equalsIgnoreCase("Equals")
          ? List.of(values.value(rule.path("Value")))
          : values.elements(rule.path("Value"));
      for (Form form : values.select(rule.path("PropertySelector").asText(), reply, true)) {
        wanted.forEach(value -> wish(form, value, !operator.equalsIgnoreCase("NotIn")));
      }
    }
    if (!properties.has("PropertySelector")) {
      return;
    }
    List<Form> found = values.select(properties.path("PropertySelector").asText(), reply, true);
    for (Form form : found) {
      for (Form wanted : values.elements(properties.path("DesiredValues"))) {
        wish(form, wanted, true);
      }
      for (Form unwanted : values.elements(properties.path("NotDesiredValues"))) {
        wish(form, unwanted, false);
      }
    }
  }

  private static void wish(Form form, Form value, boolean wanted) {
    JsonNode known = value.known().orElse(null);
    if (known == null) {
      if (wanted) {
        form.sameAs(value.kind() == Form.Kind.LIST ? value.each() : value);
      }
    } else if (wanted) {
      form.wish(known, Force.MUST);
    } else {
      form.refuse(known, Force.MUST);
    }
  }

  private Form template(JsonNode properties, String path) {
    Form parameters = values.value(properties.path("Parameters"));
    return child(known(properties, "TemplateName"), parameters, path);
  }

  private Form child(String template, Form parameters, String path) {
    Map<String, Form> given = new LinkedHashMap<>(parameters.fields());
    parameters
        .known()
        .ifPresent(known -> known
            .properties()
            .forEach(entry -> given.put(entry.getKey(), values.value(entry.getValue()))));
    Form result = Form.of(Form.Kind.MAP);
    nested.read(template, given, path).forEach(result::put);
    return result;
  }

  private Form loop(JsonNode properties, String path) {
    Form item = values.value(properties.path("LoopItems")).each();
    Frame inner = values.frame().inner(item);
    TaskReading tasks = new TaskReading(values.in(inner), sites, nested);
    for (JsonNode task : properties.path("LoopTasks")) {
      tasks.read(task, path + "/");
    }
    return new Form("loop");
  }
}
