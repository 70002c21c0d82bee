package chatops.engine.run;

import chatops.engine.cloud.ApiRequest;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Failure;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TaskStatus;
import chatops.engine.expression.JsonText;
import chatops.engine.extension.ConfigureRequest;
import chatops.engine.extension.Configuring;
import chatops.engine.extension.ExtensionException;
import chatops.engine.extension.ExtensionPackage;
import chatops.engine.extension.Extensions;
import chatops.engine.extension.HostFacts;
import chatops.engine.extension.InstalledExtension;
import chatops.engine.extension.InstalledExtensions;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Packages as the OOS API shows them (OOS API reference 2019-06-01, ListInstancePackageStates, UpdateInstancePackageState), from our own store, and two calls that only this engine
 * has: BeginInstancePackage says what must be run on an instance, FailInstancePackage keeps why it failed.
 */
final class OwnPackages {
  private static final Set<String> APIS =
      Set.of("begininstancepackage", "failinstancepackage", "listinstancepackagestates");

  private final Extensions extensions;
  private final InstalledExtensions installed;
  private final Configuring configuring;

  OwnPackages(Ports ports, Executions executions) {
    extensions = new Extensions(ports.store().shared());
    installed = new InstalledExtensions(ports.store().shared());
    configuring = new Configuring(
        extensions, installed, ports.clock(), execution -> isAlive(executions, execution));
  }

  private static boolean isAlive(Executions executions, String execution) {
    return execution.matches("exec-[a-z0-9]{8,59}")
        && executions
            .load(new ExecutionId(execution))
            .map(stored -> !stored.execution().status().isFinal())
            .orElse(false);
  }

  boolean answers(ApiRequest request) {
    String api = request.api().toLowerCase(Locale.ROOT);
    // of packages that are not ours, the service keeps the states
    return APIS.contains(api) || (api.equals("updateinstancepackagestate") && isOurs(request));
  }

  private boolean isOurs(ApiRequest request) {
    String name = OwnOos.text(request, "TemplateName");
    return has(name)
        || installed.on(OwnOos.text(request, "InstanceId")).stream()
            .anyMatch(each -> each.name().equals(name));
  }

  /** Whether an extension has this name. */
  boolean has(String name) {
    return !name.isEmpty() && extensions.find(name).isPresent();
  }

  ObjectNode reply(ApiRequest request, Ledger ledger) {
    return switch (request.api().toLowerCase(Locale.ROOT)) {
      case "begininstancepackage" -> begin(request, ledger.execution());
      case "failinstancepackage" -> fail(request, ledger);
      case "updateinstancepackagestate" -> update(request, ledger.execution());
      default -> states(request);
    };
  }

  private ObjectNode begin(ApiRequest request, Execution by) {
    return configuring.begin(new ConfigureRequest(
        ConfigureRequest.Verb.of(OwnOos.text(request, "ConfigureAction")),
        OwnOos.text(request, "TemplateName"),
        OwnOos.text(request, "TemplateVersion"),
        values(request),
        value(request, "Instance"),
        OwnOos.text(request, "ImageOwner"),
        HostFacts.of(value(request, "Host")),
        by.id().value(),
        OwnOos.text(request, "ExecutionId")));
  }

  /** What has failed is found where the caller says that it happened: in its own frame. */
  private ObjectNode fail(ApiRequest request, Ledger ledger) {
    TaskPath at = OwnOos.path(OwnOos.text(request, "ExecutionId"));
    Failure failure = ScriptFailure.named(failure(ledger, at));
    configuring.fail(
        OwnOos.text(request, "InstanceId"),
        OwnOos.text(request, "TemplateName"),
        ledger.execution().id().value(),
        failure.code(),
        ledger.mask().text(failure.message()));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("State", "Failed");
    answer.put("Code", failure.code().isEmpty() ? "Failed" : failure.code());
    answer.put("Message", failure.message());
    return answer;
  }

  private static Failure failure(Ledger ledger, TaskPath at) {
    TaskExecution innermost = null;
    for (TaskExecution task : ledger.all()) {
      boolean isInside = task.path().isWithin(at) && task.status() == TaskStatus.FAILED;
      boolean isDeeper = innermost == null
          || task.path().value().length() > innermost.path().value().length();
      if (isInside && isDeeper) {
        innermost = task;
      }
    }
    return innermost == null
        ? new Failure("", "", "")
        : new Failure(innermost.name(), innermost.code(), innermost.message());
  }

  private ObjectNode update(ApiRequest request, Execution by) {
    String action = OwnOos.text(request, "ConfigureAction").toLowerCase(Locale.ROOT);
    if (!action.equals("install") && !action.equals("uninstall")) {
      throw new ExtensionException(
          "InvalidParameter", "ConfigureAction is '" + action + "', expected install or uninstall");
    }
    configuring.report(
        OwnOos.text(request, "InstanceId"),
        OwnOos.text(request, "TemplateName"),
        action.equals("install"),
        OwnOos.text(request, "TemplateVersion"),
        values(request),
        by.id().value());
    return JsonNodeFactory.instance.objectNode();
  }

  private ObjectNode states(ApiRequest request) {
    JsonNode names = value(request, "TemplateNames");
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode list = answer.putArray("PackageStates");
    for (InstalledExtension each : installed.on(OwnOos.text(request, "InstanceId"))) {
      boolean isWanted = names.isEmpty();
      for (JsonNode name : names) {
        isWanted = isWanted || name.asText().equals(each.name());
      }
      if (isWanted) {
        list.add(state(each));
      }
    }
    // the service answers a number as text
    return answer.put("MaxResults", "500").put("NextToken", "");
  }

  private ObjectNode state(InstalledExtension each) {
    Optional<Extensions.Entry> entry = extensions.find(each.name());
    String version = each.version().isEmpty() ? each.target() : each.version();
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    state.put("TemplateId", "ext-" + each.name());
    state.put("TemplateName", each.name());
    state.put("TemplateVersion", version);
    state.put("TemplateVersionName", version);
    state.put("TemplateCategory", entry.map(Extensions.Entry::type).orElse(""));
    state.put("Description", entry.map(Extensions.Entry::description).orElse(""));
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    each.parameters().forEach(parameters::put);
    state.put("Parameters", parameters.toString());
    state.put("Publisher", "");
    state.put("UpdateTime", each.updatedAt().toString());
    // not in the service's answer
    state.put("State", each.state().text());
    state.put("Target", each.target());
    state.put("ExecutionId", each.execution());
    state.put("Code", each.code());
    return state;
  }

  /** A version of an extension as a template of the type Package. */
  ObjectNode template(String name, String version) {
    Extensions.Found found = extensions.version(name, version);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("Content", found.text());
    answer
        .putObject("Template")
        .put("TemplateName", name)
        .put("TemplateType", "Package")
        .put("TemplateVersion", found.version().name())
        .put("TemplateFormat", found.text().stripLeading().startsWith("{") ? "JSON" : "YAML")
        .put("ShareType", "Private")
        .put("Constraints", constraints(found.extension().scope()).toString())
        .put("Hash", found.version().hash());
    return answer;
  }

  private static ObjectNode constraints(ExtensionPackage.Scope scope) {
    ObjectNode constraints = JsonNodeFactory.instance.objectNode();
    put(constraints, "InstanceTypeFamilies", scope.instanceTypeFamilies());
    put(constraints, "ImageTypes", scope.imageTypes());
    put(constraints, "OSPlatforms", scope.osPlatforms());
    put(constraints, "OSVersions", scope.osVersions());
    return constraints;
  }

  private static void put(ObjectNode constraints, String name, List<String> values) {
    values.forEach(constraints.putArray(name)::add);
  }

  private static Map<String, String> values(ApiRequest request) {
    Map<String, String> values = new LinkedHashMap<>();
    value(request, "Parameters")
        .properties()
        .forEach(each -> values.put(each.getKey(), JsonText.of(each.getValue(), "")));
    return values;
  }

  private static JsonNode value(ApiRequest request, String name) {
    String text = OwnOos.text(request, name);
    return JsonText.parseContainer(text).orElseGet(JsonNodeFactory.instance::objectNode);
  }
}
