package chatops.engine;

import chatops.engine.execution.AdmissionEvent;
import chatops.engine.execution.Category;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Frame;
import chatops.engine.execution.Lease;
import chatops.engine.execution.Mode;
import chatops.engine.execution.Request;
import chatops.engine.execution.SafetyCheck;
import chatops.engine.id.ExecutionId;
import chatops.engine.policy.Policy;
import chatops.engine.run.Admission;
import chatops.engine.run.Executions;
import chatops.engine.run.Library;
import chatops.engine.run.Ports;
import chatops.engine.run.Settings;
import chatops.engine.run.StartScope;
import chatops.engine.run.Suitability;
import chatops.engine.share.Freeze;
import chatops.engine.share.Queues;
import chatops.engine.store.StoreException;
import chatops.engine.template.Binding;
import chatops.engine.template.Parameter;
import chatops.engine.template.Template;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Turns a wish into an execution, or refuses it with everything that is wrong. */
final class Starter {
  private final Ports ports;
  private final Settings settings;
  private final Executions executions;
  private final Library library;
  private final Admission admission;
  private final Suitability suitability;
  private final String owner;

  /** A template with what its parameters and role came to. */
  private record Draft(Library.Entry entry, ObjectNode parameters, String ramRole) {}

  Starter(
      Ports ports,
      Settings settings,
      Executions executions,
      Library library,
      Admission admission,
      String owner) {
    this.admission = admission;
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
    String name = draft.entry().template().name();
    String category = Category.of(draft.entry().template().tasks().get(0).action());
    Optional<Freeze> freeze = admission.freezes().covering(name);
    Policy.Limit limit = admission.limit(name, category, false);
    if ((freeze.isPresent() || limit != null) && executions.load(wish.id()).isPresent()) {
      return Started.ALREADY_THERE;
    }
    if (freeze.isPresent()) {
      throw new FrozenException(name, freeze.get());
    }
    boolean mayRun = limit == null || mayRun(limit, wish.id());
    Request request = new Request(
        draft.entry().pin(),
        draft.parameters(),
        noEcho(draft.entry().template()),
        wish.startedBy(),
        wish.replyAddress(),
        wish.origin(),
        wish.regionId(),
        draft.ramRole(),
        mode(wish),
        now,
        category,
        null,
        loopMode(wish),
        safetyCheck(wish));
    Frame root = Frame.opened(draft.entry().pin(), draft.parameters(), draft.ramRole(), false);
    Lease lease = new Lease(owner, now.plus(settings.lease()));
    Execution execution =
        Execution.created(wish.id(), request, root, lease, UUID.randomUUID().toString(), now);
    if (!mayRun) {
      execution = execution.apply(new AdmissionEvent.Queued("", now, now));
    }
    return executions.create(execution, List.of(draft.entry().text()))
        ? Started.CREATED
        : Started.ALREADY_THERE;
  }

  private boolean mayRun(Policy.Limit limit, ExecutionId id) {
    Queues.Place place = admission.enter(limit, id);
    if (place.isRefused()) {
      throw new QueueFullException(limit);
    }
    return place.mayRun();
  }

  private Draft draft(StartExecution wish) {
    mode(wish);
    loopMode(wish);
    safetyCheck(wish);
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

  private static String mode(StartExecution wish) {
    return oneOf("mode", wish.mode(), Mode.AUTOMATIC, Mode.ALL);
  }

  private static String loopMode(StartExecution wish) {
    return oneOf("loop mode", wish.loopMode(), Mode.AUTOMATIC, Mode.LOOPS);
  }

  private String safetyCheck(StartExecution wish) {
    boolean isAutomatic = mode(wish).equals(Mode.AUTOMATIC);
    String whenAbsent = isAutomatic ? settings.safetyCheck() : SafetyCheck.CONFIRM;
    String check = oneOf("safety check", wish.safetyCheck(), whenAbsent, SafetyCheck.ALL);
    if (check.equals(SafetyCheck.SKIP) && !isAutomatic) {
      throw new RefusedException(
          "safety check Skip is only possible in mode Automatic, not " + mode(wish));
    }
    return check;
  }

  private static String oneOf(String what, String given, String whenAbsent, List<String> known) {
    String word = given.isBlank() ? whenAbsent : given.strip();
    return known.stream()
        .filter(word::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(() ->
            new RefusedException(what + " '" + word + "': expected " + String.join(", ", known)));
  }

  private static List<String> noEcho(Template template) {
    return template.parameters().values().stream()
        .filter(Parameter::noEcho)
        .map(Parameter::name)
        .toList();
  }
}
