package chatops.local.rehearsal;

import chatops.engine.action.builtin.ResourceKind;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.expression.Scope;
import chatops.local.rehearsal.reading.Form;
import chatops.local.rehearsal.reading.Site;
import chatops.local.rehearsal.reading.TemplateReading;
import chatops.local.rehearsal.synthesis.Asked;
import chatops.local.rehearsal.synthesis.Choices;
import chatops.local.rehearsal.synthesis.Overlay;
import chatops.local.rehearsal.synthesis.ReplySynthesis;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Answers made of what the calling task, and all that reads of it, reads. For one execution. */
final class SynthesisedReplies implements Replies {
  /** Adds what is missing, changes nothing. */
  private static final Overlay ADDED = new Overlay(Choices.first());

  private final TemplateReading reading;
  private final Observation observation;
  private final ReplySynthesis synthesis;
  private final Overlay overlay;
  private final Function<ApiRequest, Optional<JsonNode>> answers;
  private final Optional<Recording> recording;

  SynthesisedReplies(
      TemplateReading reading,
      Observation observation,
      ReplySynthesis synthesis,
      Choices choices,
      Function<ApiRequest, Optional<JsonNode>> answers,
      Optional<Recording> recording) {
    this.reading = reading;
    this.observation = observation;
    this.synthesis = synthesis;
    this.overlay = new Overlay(choices);
    this.answers = answers;
    this.recording = recording;
  }

  @Override
  public Optional<JsonNode> instead(ApiRequest request) {
    return answers.apply(request);
  }

  @Override
  public JsonNode reply(ApiRequest request) {
    if (isStoredValue(request)) {
      return storedValue(request);
    }
    Optional<JsonNode> recorded = recording.flatMap(heard -> heard.next(place(request), request));
    return recorded.orElseGet(() -> made(request, recording.isEmpty()));
  }

  /** The answer to a web request that a task makes; empty for a message that is only sent. */
  Optional<JsonNode> web(URI address) {
    ApiRequest request = Observation.webRequest(address);
    return observation.isAsked(request) ? Optional.of(reply(request)) : Optional.empty();
  }

  /** The engine itself reads the parameter store, when a reference needs it. */
  private boolean isStoredValue(ApiRequest request) {
    Site site = reading.sites().get(place(request));
    boolean isTask = site != null && site.api().equalsIgnoreCase(request.api());
    return !isTask
        && request.service().equalsIgnoreCase("OOS")
        && request.api().matches("(?i)Get(Secret)?Parameter");
  }

  private static JsonNode storedValue(ApiRequest request) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer
        .putObject("Parameter")
        .put("Name", request.parameters().path("Name").asText())
        .put("Type", "String")
        .put("Value", "simulated");
    return answer;
  }

  /** What its caller reads, and what others read who asked the same: the same question has one answer. */
  private JsonNode made(ApiRequest request, boolean adapt) {
    Deque<Optional<Sighting>> callers = callers(request);
    JsonNode answer = synthesis.answer(asked(request, callers.removeFirst(), adapt));
    for (Optional<Sighting> other : callers) {
      answer =
          ADDED.over(answer, synthesis.answer(asked(request, other, adapt)), form(request, other));
    }
    return answer;
  }

  private Deque<Optional<Sighting>> callers(ApiRequest request) {
    Deque<Optional<Sighting>> callers = new ArrayDeque<>();
    observation.callers(request).forEach(seen -> callers.add(Optional.of(seen)));
    if (callers.isEmpty()) {
      callers.add(Optional.empty());
    }
    return callers;
  }

  @Override
  public JsonNode completed(ApiRequest request, JsonNode played) {
    JsonNode answer = played;
    Overlay first = overlay;
    for (Optional<Sighting> caller : callers(request)) {
      if (site(caller).isPresent()) {
        JsonNode more = synthesis.answer(asked(request, caller, false));
        answer =
            first.over(answer == played ? played.deepCopy() : answer, more, form(request, caller));
      }
      first = ADDED;
    }
    return answer;
  }

  /** @param adapt whether the answer is to be what the calling task waits for */
  private Asked asked(ApiRequest request, Optional<Sighting> caller, boolean adapt) {
    return new Asked(
        request,
        form(request, caller),
        caller
            .filter(seen -> seen.task().action().strip().equalsIgnoreCase("ACS::SelectTargets"))
            .flatMap(seen -> kind(request)),
        reference -> caller.map(seen -> value(reference, seen.scope())).orElse(NullNode.instance),
        body -> !adapt || caller.map(seen -> Fitness.of(seen, body)).orElse(true));
  }

  private static Optional<ResourceKind> kind(ApiRequest request) {
    return ResourceKind.ALL.stream()
        .filter(kind -> kind.api().equalsIgnoreCase(request.api())
            && kind.service().equalsIgnoreCase(request.service()))
        .findFirst();
  }

  @Override
  public String place(ApiRequest request) {
    return observation.caller(request).map(Sighting::path).orElse("");
  }

  private Form form(ApiRequest request, Optional<Sighting> caller) {
    return site(caller).map(Site::reply).orElseGet(() -> new Form(request.api()));
  }

  private Optional<Site> site(Optional<Sighting> caller) {
    return caller.map(seen -> reading.sites().get(seen.path()));
  }

  /** A reference as the calling task would resolve it; null when it cannot be told. */
  static JsonNode value(String reference, Scope scope) {
    int dot = reference.indexOf('.');
    String name = dot < 0 ? reference : reference.substring(0, dot);
    try {
      if (reference.regionMatches(true, 0, "ACS::", 0, 5)) {
        return scope.pseudo(reference.substring(5));
      }
      if (dot < 0) {
        return scope.parameter(name);
      }
      JsonNode outputs = scope.taskOutputs(name);
      for (Map.Entry<String, JsonNode> output : outputs.properties()) {
        if (output.getKey().equalsIgnoreCase(reference.substring(dot + 1))) {
          return output.getValue();
        }
      }
    } catch (RuntimeException untold) {
      return NullNode.instance;
    }
    return NullNode.instance;
  }
}
