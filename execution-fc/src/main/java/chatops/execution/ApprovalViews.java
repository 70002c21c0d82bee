package chatops.execution;

import chatops.chat.Language;
import chatops.chat.Principal;
import chatops.chat.handover.ApprovalRef;
import chatops.chat.handover.ApprovalView;
import chatops.chat.handover.HandOver;
import chatops.chat.json.JsonWriter;
import chatops.chat.rights.Rights;
import chatops.chat.rights.Verdict;
import chatops.engine.Engine;
import chatops.engine.execution.Approval;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Vote;
import chatops.engine.id.ExecutionId;
import chatops.engine.view.ExecutionView;
import chatops.execution.notify.Origin;
import chatops.execution.notify.Wording;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers to pages: an approval, or an execution, as a person may see it. */
final class ApprovalViews {
  private final Rights rights;
  private final Engine engine;
  private final Answers answers;
  private final InstantSource clock;

  ApprovalViews(Rights rights, Engine engine, Answers answers, InstantSource clock) {
    this.rights = rights;
    this.engine = engine;
    this.answers = answers;
    this.clock = clock;
  }

  byte[] answer(HandOver.Ask ask) {
    if (ask.what().equals("execution")) {
      return execution(ask);
    }
    String approvalId = ask.id();
    if (approvalId.indexOf(':') > 0) {
      approvalId = ApprovalRef.parse(approvalId).approvalId();
    }
    return approval(ask.executionId(), approvalId, ask.principal(), ask.language())
        .toJson();
  }

  ApprovalView approval(
      String executionId, String approvalId, Principal principal, Language language) {
    Optional<ExecutionView> found = find(executionId);
    Approval approval = found.map(view -> Deciding.approval(view, approvalId)).orElse(null);
    if (found.isEmpty() || approval == null) {
      return ApprovalView.unknown(executionId, approvalId);
    }
    ExecutionView view = found.get();
    Wording words = answers.words(language);
    Origin origin = Origin.of(view.origin());
    String whyNot = whyNot(view, approval, principal);
    Vote vote = approval.decidedBy();
    Instant expiresAt = approval.expiresAt();
    return new ApprovalView(
        executionId,
        approvalId,
        view.status(),
        words.say("approval.wanted", words.what(origin.what(), view.template().name())),
        approval.question(),
        view.template().name(),
        view.regionId(),
        origin.name().isEmpty() ? view.startedBy() : origin.name() + " (" + view.startedBy() + ")",
        approval.targetCount(),
        approval.targets(),
        parameters(view),
        approval.openedAt().toString(),
        expiresAt == null ? "" : expiresAt.toString(),
        whyNot.isEmpty(),
        whyNot,
        vote == null ? "" : vote.decision() == Decision.APPROVE ? "approve" : "reject",
        vote == null ? "" : vote.voter().name(),
        vote == null ? "" : vote.at().toString(),
        vote == null ? "" : vote.reason(),
        approval.isOpen() ? "" : view.statusMessage());
  }

  private String whyNot(ExecutionView view, Approval approval, Principal principal) {
    return switch (approval.outcome()) {
      case APPROVED, REJECTED -> "decided";
      case EXPIRED -> "expired";
      case WITHDRAWN -> "ended";
      case OPEN -> {
        Instant expiresAt = approval.expiresAt();
        if (expiresAt != null && !clock.instant().isBefore(expiresAt)) {
          yield "expired";
        }
        Verdict verdict = rights.mayDecide(principal, view.startedBy(), approval.approvers());
        yield verdict.isAllowed() ? "" : "approvers";
      }
    };
  }

  private static Map<String, String> parameters(ExecutionView view) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> parameter : view.parameters().properties()) {
      JsonNode value = parameter.getValue();
      parameters.put(parameter.getKey(), value.isValueNode() ? value.asText() : value.toString());
    }
    return parameters;
  }

  private byte[] execution(HandOver.Ask ask) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", chatops.chat.handover.HandOverJson.KIND);
    json.put("type", "execution");
    json.put("executionId", ask.executionId());
    Optional<ExecutionView> found = find(ask.executionId());
    json.put("known", found.isPresent());
    found.ifPresent(view -> {
      json.put("status", view.status());
      json.put("statusMessage", view.statusMessage());
      json.put("template", view.template().name());
      json.put("region", view.regionId());
      json.put("requester", view.startedBy());
      json.put("createdAt", view.createdAt().toString());
      json.put("parameters", parameters(view));
      json.put("tasks", tasks(view));
    });
    return JsonWriter.bytes(json);
  }

  private List<Map<String, String>> tasks(ExecutionView view) {
    return engine.tasks(new ExecutionId(view.id())).stream()
        .map(task -> Map.of(
            "path",
            task.path(),
            "name",
            task.name(),
            "status",
            task.status(),
            "message",
            task.message()))
        .toList();
  }

  private Optional<ExecutionView> find(String executionId) {
    try {
      return engine.find(new ExecutionId(executionId));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
