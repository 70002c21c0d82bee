package chatops.engine;

import chatops.engine.execution.Execution;
import chatops.engine.execution.Frame;
import chatops.engine.execution.Lease;
import chatops.engine.execution.Request;
import chatops.engine.run.Executions;
import chatops.engine.run.Library;
import chatops.engine.run.Ports;
import chatops.engine.run.Settings;
import chatops.engine.run.StartScope;
import chatops.engine.run.Suitability;
import chatops.engine.store.StoreException;
import chatops.engine.template.Binding;
import chatops.engine.template.Parameter;
import chatops.engine.template.Template;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Turns a wish into an execution, or refuses it with everything that is wrong. */
final class Starter {
  private static final String AUTOMATIC = "Automatic";

  private final Ports ports;
  private final Settings settings;
  private final Executions executions;
  private final Library library;
  private final Suitability suitability;
  private final String owner;

  /** A template with what its parameters and role came to. */
  private record Draft(Library.Entry entry, ObjectNode parameters, String ramRole) {}

  Starter(Ports ports, Settings settings, Executions executions, Library library, String owner) {
    this.ports = ports;
    this.settings = settings;
    this.executions = executions;
    this.library = library;
    this.suitability = new Suitability(library);
    this.owner = owner;
  }

  Prepared prepare(StartExecution wish) {
    Draft draft = draft(wish);
    return new Prepared(draft.entry().pin(), draft.parameters(), draft.ramRole());
  }

  Started start(StartExecution wish) {
    Draft draft = draft(wish);
    Instant now = ports.clock().instant();
    Request request = new Request(
        draft.entry().pin(),
        draft.parameters(),
        noEcho(draft.entry().template()),
        wish.startedBy(),
        wish.replyAddress(),
        wish.origin(),
        wish.regionId(),
        draft.ramRole(),
        AUTOMATIC,
        now);
    Frame root = Frame.opened(draft.entry().pin(), draft.parameters(), draft.ramRole(), false);
    Lease lease = new Lease(owner, now.plus(settings.lease()));
    Execution execution =
        Execution.created(wish.id(), request, root, lease, UUID.randomUUID().toString(), now);
    return executions.create(execution, List.of(draft.entry().text()))
        ? Started.CREATED
        : Started.ALREADY_THERE;
  }

  private Draft draft(StartExecution wish) {
    if (!wish.mode().isEmpty() && !wish.mode().equals(AUTOMATIC)) {
      throw new RefusedException("mode '" + wish.mode() + "' is not supported; use " + AUTOMATIC);
    }
    try {
      Library.Entry entry = library
          .find(wish.template(), wish.templateVersion())
          .orElseThrow(
              () -> new RefusedException("no template is called '" + wish.template() + "'"));
      Template template = entry.template();
      suitability.check(template);
      StartScope scope = new StartScope(
          wish.id(),
          wish.regionId(),
          wish.startedBy().name(),
          settings,
          ports.clock().instant(),
          JsonNodeFactory.instance.objectNode());
      ObjectNode given = JsonNodeFactory.instance.objectNode();
      wish.parameters().forEach(given::set);
      ObjectNode bound = Binding.bind(template, given, Binding.Source.CALLER, scope);
      JsonNode role = template.ramRole() == null
          ? JsonNodeFactory.instance.nullNode()
          : template.ramRole().evaluate(scope.with(bound));
      return new Draft(entry, bound, role.isNull() ? "" : role.asText().strip());
    } catch (RefusedException | StoreException e) {
      throw e;
    } catch (EngineException e) {
      throw new RefusedException(String.valueOf(e.getMessage()), e);
    }
  }

  private static List<String> noEcho(Template template) {
    return template.parameters().values().stream()
        .filter(Parameter::noEcho)
        .map(Parameter::name)
        .toList();
  }
}
