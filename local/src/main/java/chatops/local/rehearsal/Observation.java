package chatops.local.rehearsal;

import chatops.engine.EngineException;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.expression.Expression;
import chatops.engine.expression.JsonText;
import chatops.engine.expression.Scope;
import chatops.engine.template.Task;
import chatops.engine.template.Template;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches which task of which template asks for which call, by listening to the evaluation of its properties; changes
 * nothing. The engine does not say who is calling, and a simulated answer depends on it. For one execution.
 */
final class Observation {
  /** Added to a request on its way out. */
  private static final List<String> ADDED =
      List.of("ClientToken", "PageSize", "PageNumber", "NextToken", "MaxResults");

  /** Tasks by the question they asked and by path, in the order in which they last asked it. */
  private final Map<String, Map<String, Sighting>> asked = new HashMap<>();

  private final Map<String, Sighting> latest = new HashMap<>();
  private final Map<String, String> prefixes = new HashMap<>();
  private final Map<String, String> running = new HashMap<>();

  private @Nullable Sighting trigger;

  /** The same template, listened to. */
  Template watched(Template template) {
    return new Template(
        template.name(),
        template.version(),
        template.hash(),
        template.description(),
        template.parameters(),
        template.ramRole(),
        template.tasks().stream().map(this::watched).toList(),
        template.outputs());
  }

  private Task watched(Task task) {
    Map<String, Expression> properties = new LinkedHashMap<>();
    task.properties()
        .forEach((name, value) -> properties.put(name, scope -> {
          note(task, name, scope);
          return value.evaluate(scope);
        }));
    return new Task(
        task.name(),
        task.action(),
        properties,
        task.propertySelector(),
        task.rules(),
        task.reports(),
        task.outputs(),
        task.loop(),
        task.when(),
        task.whenReadsItem(),
        task.onSuccess(),
        task.onError(),
        task.onCancel(),
        task.isCritical(),
        task.retry(),
        task.choices(),
        task.loopTasks().stream().map(this::watched).toList(),
        task.position());
  }

  private void note(Task task, String property, Scope scope) {
    String frame = scope.pseudo("ExecutionId").asText();
    String path = prefix(frame) + task.name();
    running.put(frame, path);
    Sighting sighting = new Sighting(path, task, scope);
    if (property.equalsIgnoreCase("API")) {
      String name = name(text(task, "Service", scope), text(task, "API", scope));
      Map<String, Sighting> same = asked.computeIfAbsent(
          name + key(evaluated(task, "Parameters", scope)), unasked -> new LinkedHashMap<>());
      same.remove(path);
      same.put(path, sighting);
      latest.put(name, sighting);
    } else if (property.equalsIgnoreCase("ResourceType")) {
      latest.put("", sighting);
    } else if (property.equalsIgnoreCase("URL") && isWebRequest(task)) {
      latest.put(web(text(task, property, scope)), sighting);
    } else if (isTrigger(task)) {
      trigger = sighting;
    }
  }

  private static boolean isWebRequest(Task task) {
    return task.action().strip().equalsIgnoreCase("ACS::ExecuteHttpRequest");
  }

  /** The question that a web request is, without the query that is put behind its address. */
  static ApiRequest webRequest(URI address) {
    return new ApiRequest(
        ApiRequest.WEB,
        withoutQuery(address.toString()),
        "",
        JsonNodeFactory.instance.objectNode(),
        null);
  }

  /** Whether a task asked for it, not a notification. */
  boolean isAsked(ApiRequest webRequest) {
    return latest.containsKey(name(webRequest.service(), webRequest.api()));
  }

  private static String web(String url) {
    return name(ApiRequest.WEB, withoutQuery(url));
  }

  private static String withoutQuery(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }

  private static boolean isTrigger(Task task) {
    return task.action().strip().toLowerCase(Locale.ROOT).endsWith("trigger");
  }

  /** The trigger that is being waited for; empty when there is none. */
  Optional<Sighting> trigger() {
    return Optional.ofNullable(trigger);
  }

  private String prefix(String frame) {
    int dot = frame.lastIndexOf(".t");
    return dot < 0
        ? ""
        : prefixes.computeIfAbsent(frame, f -> {
          String parent = f.substring(0, dot);
          return running.getOrDefault(parent, prefixes.getOrDefault(parent, "")) + "/";
        });
  }

  private static String text(Task task, String property, Scope scope) {
    return evaluated(task, property, scope).asText("").strip();
  }

  /** A property as the task evaluates it; JSON null when it has none. */
  static JsonNode evaluated(Task task, String property, Scope scope) {
    for (Map.Entry<String, Expression> entry : task.properties().entrySet()) {
      if (entry.getKey().equalsIgnoreCase(property)) {
        try {
          return entry.getValue().evaluate(scope);
        } catch (EngineException willFail) {
          return JsonNodeFactory.instance.nullNode();
        }
      }
    }
    return JsonNodeFactory.instance.nullNode();
  }

  /** Who asks for this call; empty when no task said so. */
  Optional<Sighting> caller(ApiRequest request) {
    return callers(request).stream().findFirst();
  }

  /** Everyone who asked just this, the latest first: a call that is sent once more does not say whose it is. */
  List<Sighting> callers(ApiRequest request) {
    String name = name(request.service(), request.api());
    Map<String, Sighting> exact = asked.get(name + key(request.parameters()));
    if (exact != null) {
      List<Sighting> callers = new ArrayList<>(exact.values());
      Collections.reverse(callers);
      return callers;
    }
    return Optional.ofNullable(latest.get(name))
        .or(() -> Optional.ofNullable(latest.get("")))
        .map(List::of)
        .orElse(List.of());
  }

  private static String name(String service, String api) {
    return (service + "." + api).toLowerCase(Locale.ROOT);
  }

  private static String key(JsonNode parameters) {
    JsonNode map = parameters.isTextual()
        ? JsonText.parseContainer(parameters.textValue()).orElse(parameters)
        : parameters;
    if (!(JsonText.withoutNulls(map) instanceof ObjectNode object)) {
      return "{}";
    }
    ObjectNode own = object.deepCopy();
    ADDED.forEach(own::remove);
    return own.toString();
  }
}
