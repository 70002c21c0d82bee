package chatops.engine.run;

import chatops.engine.EngineException;
import chatops.engine.StartExecution;
import chatops.engine.action.Reply;
import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Frame;
import chatops.engine.execution.TaskExecution;
import chatops.engine.expression.JsonText;
import chatops.engine.extension.ExtensionException;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.store.ExecutionQuery;
import chatops.engine.store.StoreException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The OOS service as far as this engine is that service: executions are this store's, templates this catalogue's. What it does
 * not answer goes to the account's own OOS. Answers come from the row that the worker holds, so that a template sees itself as
 * it is now.
 */
final class OwnOos {
  private static final Set<String> APIS =
      Set.of("listexecutions", "listtaskexecutions", "startexecution");
  private static final int MOST = 100;

  private final Ports ports;
  private final Executions executions;
  private final Library library;
  private final Consumer<StartExecution> starter;
  private final OwnPackages packages;

  OwnOos(Ports ports, Executions executions, Library library, Consumer<StartExecution> starter) {
    this.ports = ports;
    this.executions = executions;
    this.library = library;
    this.starter = starter;
    this.packages = new OwnPackages(ports, executions);
  }

  boolean answers(ApiRequest request) {
    if (!request.service().equalsIgnoreCase("OOS")) {
      return false;
    }
    String api = request.api().toLowerCase(Locale.ROOT);
    return APIS.contains(api)
        || packages.answers(request)
        || (api.equals("gettemplate")
            && (isPackage(request)
                || template(request).isPresent()
                || packages.has(text(request, "TemplateName"))));
  }

  /** Blocks for the store only. */
  Reply reply(ApiRequest request, Ledger ledger) {
    try {
      return new Reply.Answered(
          switch (request.api().toLowerCase(Locale.ROOT)) {
            case "listexecutions" -> listExecutions(request, ledger);
            case "listtaskexecutions" -> listTaskExecutions(request, ledger);
            case "startexecution" -> start(request, ledger.execution());
            case "gettemplate" -> getTemplate(request);
            default -> packages.reply(request, ledger);
          });
    } catch (ExtensionException refused) {
      return refused(request, refused.code(), refused);
    } catch (StoreException unreached) {
      throw unreached;
    } catch (EngineException refused) {
      return refused(request, "OperationRefused", refused);
    }
  }

  private static Reply refused(ApiRequest request, String code, EngineException why) {
    return new Reply.Refused(new ApiException(
        request.name(),
        code,
        String.valueOf(why.getMessage()),
        "",
        400,
        ApiException.Verdict.FINAL,
        null));
  }

  private ObjectNode listExecutions(ApiRequest request, Ledger ledger) {
    String id = text(request, "ExecutionId");
    String parent = text(request, "ParentExecutionId");
    List<ObjectNode> found = new ArrayList<>();
    if (!id.isEmpty()) {
      object(id, ledger).ifPresent(found::add);
    } else if (!parent.isEmpty()) {
      children(parent, ledger, found);
    } else {
      ExecutionQuery newest = new ExecutionQuery(null, null, null, null, most(request));
      ports
          .store()
          .list(newest)
          .forEach(row -> found.add(
              objects(executions.stored(row).execution(), ledger, List.of()).root()));
    }
    String template = text(request, "TemplateName");
    String status = text(request, "Status");
    found.removeIf(e -> !template.isEmpty() && !e.path("TemplateName").asText().contains(template));
    found.removeIf(e -> !status.isEmpty() && !e.path("Status").asText().equalsIgnoreCase(status));
    ObjectNode answer = list("Executions", found, most(request));
    return answer.put("TotalCount", found.size());
  }

  private Optional<ObjectNode> object(String id, Ledger ledger) {
    return load(id, ledger).flatMap(all -> {
      TaskPath path = path(id);
      if (path.isRoot()) {
        return Optional.of(all.root());
      }
      return all.tasks().stream()
          .filter(task -> task.path().equals(path) && task.frame() != null)
          .map(task -> all.nested(task, frame(task)))
          .findFirst();
    });
  }

  private void children(String parent, Ledger ledger, List<ObjectNode> found) {
    load(parent, ledger).ifPresent(all -> {
      TaskPath at = path(parent);
      all.tasks().stream()
          .filter(task -> task.frame() != null && task.path().frame().equals(at))
          .forEach(task -> found.add(all.nested(task, frame(task))));
      if (at.isRoot() && all.execution().watch() != null) {
        String template = all.execution().request().template().name();
        ports.store().list(new ExecutionQuery(null, template, null, null, MOST)).stream()
            .map(row -> executions.stored(row).execution())
            .filter(e -> e.request().parent() != null
                && e.request().parent().execution().equals(all.execution().id()))
            .forEach(e -> found.add(objects(e, ledger, List.of()).root()));
      }
    });
  }

  private static Frame frame(TaskExecution task) {
    Frame frame = task.frame();
    if (frame == null) {
      throw new IllegalStateException("task " + task.path() + " runs no template");
    }
    return frame;
  }

  private ObjectNode listTaskExecutions(ApiRequest request, Ledger ledger) {
    String id = text(request, "ExecutionId");
    String name = text(request, "TaskName");
    String status = text(request, "Status");
    List<ObjectNode> found = new ArrayList<>();
    load(id, ledger)
        .ifPresent(all -> all.taskExecutions().forEach(task -> {
          boolean isItem = task.has("ParentTaskExecutionId");
          boolean wantsItems = text(request, "IncludeChildTaskExecution").equalsIgnoreCase("true");
          if (task.path("ExecutionId").asText().equals(id) && (!isItem || wantsItems)) {
            found.add((ObjectNode) task);
          }
        }));
    found.removeIf(t -> !name.isEmpty() && !t.path("TaskName").asText().equals(name));
    found.removeIf(t -> !status.isEmpty() && !t.path("Status").asText().equalsIgnoreCase(status));
    return list("TaskExecutions", found, most(request));
  }

  /** The child's id follows from the call's token, so that however often the call is made there is one. */
  private ObjectNode start(ApiRequest request, Execution by) {
    if (!text(request, "TemplateContent").isEmpty()
        || !text(request, "TemplateURL").isEmpty()) {
      throw new EngineException(
          "only templates of the catalogue can be started: give TemplateName, or run the content with ACS::Template");
    }
    ExecutionId id = new ExecutionId(
        "exec-" + Digest.id(by.id().value(), "StartExecution", text(request, "ClientToken")));
    JsonNode given = request.parameters().path("Parameters");
    JsonNode parameters =
        given.isTextual() ? JsonText.parseContainer(given.textValue()).orElse(given) : given;
    Map<String, JsonNode> values = new HashMap<>();
    parameters.properties().forEach(e -> values.put(e.getKey(), e.getValue()));
    starter.accept(new StartExecution(
        id,
        text(request, "TemplateName"),
        text(request, "TemplateVersion"),
        values,
        by.request().startedBy(),
        by.request().replyAddress(),
        by.request().origin(),
        request.regionId(),
        text(request, "Mode")));
    Instant now = ports.clock().instant();
    ports.invoker().wake(id, 1, now);
    Execution started = executions.load(id).orElseThrow().execution();
    ObjectNode execution = new OosObjects(started, List.of()).root();
    // StartExecution answers them as text, ListExecutions as a map
    execution.put("Parameters", execution.path("Parameters").toString());
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("Execution", execution);
    return answer;
  }

  private Optional<Library.Entry> template(ApiRequest request) {
    String name = text(request, "TemplateName");
    return name.isEmpty() ? Optional.empty() : library.find(name, text(request, "TemplateVersion"));
  }

  /** Whoever says that it wants a package gets one of ours, or hears what there is. */
  private static boolean isPackage(ApiRequest request) {
    return text(request, "TemplateType").equalsIgnoreCase("Package");
  }

  private ObjectNode getTemplate(ApiRequest request) {
    Optional<Library.Entry> found = isPackage(request) ? Optional.empty() : template(request);
    if (found.isEmpty()) {
      return packages.template(text(request, "TemplateName"), text(request, "TemplateVersion"));
    }
    Library.Entry entry = found.get();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("Content", entry.text().text());
    answer
        .putObject("Template")
        .put("TemplateName", entry.template().name())
        .put("TemplateVersion", entry.template().version())
        .put("TemplateFormat", entry.text().text().stripLeading().startsWith("{") ? "JSON" : "YAML")
        .put("ShareType", "Private")
        .put("Hash", entry.template().hash());
    return answer;
  }

  /** The execution an id is of; of the worker's own, what the worker knows. */
  private Optional<OosObjects> load(String id, Ledger ledger) {
    String root = id.indexOf('.') < 0 ? id : id.substring(0, id.indexOf('.'));
    if (root.equals(ledger.execution().id().value())) {
      List<TaskExecution> tasks = new ArrayList<>();
      ledger.all().forEach(tasks::add);
      return Optional.of(new OosObjects(ledger.execution(), tasks));
    }
    if (!root.matches("exec-[a-z0-9]{8,59}")) {
      return Optional.empty();
    }
    return executions
        .load(new ExecutionId(root))
        .map(stored -> new OosObjects(
            stored.execution(), executions.tasks(stored.execution(), TaskPath.ROOT)));
  }

  private static OosObjects objects(Execution execution, Ledger ledger, List<TaskExecution> tasks) {
    boolean isOwn = execution.id().equals(ledger.execution().id());
    return new OosObjects(isOwn ? ledger.execution() : execution, tasks);
  }

  /** {@code exec-x.t0003.0012.t0001} is the frame at {@code t0003.0012/t0001}. */
  static TaskPath path(String id) {
    int dot = id.indexOf('.');
    String below = dot < 0 ? "" : id.substring(dot + 1).replace(".t", "/t");
    return below.matches("(t\\d{4,}(\\.\\d{4,})?(/|$))*")
        ? new TaskPath(below)
        : new TaskPath("t0000");
  }

  private static int most(ApiRequest request) {
    int given = request.parameters().path("MaxResults").asInt(50);
    return Math.min(Math.max(given, 1), MOST);
  }

  private static ObjectNode list(String name, List<ObjectNode> found, int most) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode list = answer.putArray(name);
    found.stream().limit(most).forEach(list::add);
    return answer.put("MaxResults", most).put("NextToken", "");
  }

  static String text(ApiRequest request, String name) {
    for (Map.Entry<String, JsonNode> e : request.parameters().properties()) {
      if (e.getKey().equalsIgnoreCase(name)) {
        return e.getValue().isValueNode()
            ? e.getValue().asText("")
            : e.getValue().toString();
      }
    }
    return "";
  }
}
