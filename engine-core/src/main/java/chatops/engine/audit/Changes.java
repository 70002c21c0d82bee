package chatops.engine.audit;

import chatops.engine.execution.Approval;
import chatops.engine.execution.Cancellation;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Order;
import chatops.engine.execution.Person;
import chatops.engine.execution.Question;
import chatops.engine.execution.Request;
import chatops.engine.execution.Vote;
import chatops.engine.view.Mask;
import chatops.engine.view.Views;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The records that follow from how an execution changes with one write. They are read off the two states and not reported by
 * whoever made the change, so that no change of these kinds can be left out.
 */
public final class Changes {
  private final @Nullable Execution before;
  private final Execution after;
  private final Mask mask;
  private final List<AuditRecord> records = new ArrayList<>();

  private Changes(@Nullable Execution before, Execution after) {
    this.before = before;
    this.after = after;
    this.mask = Views.mask(after);
  }

  /** @param before as it is stored; null where it is not there yet */
  public static List<AuditRecord> of(@Nullable Execution before, Execution after) {
    Changes changes = new Changes(before, after);
    changes.begun();
    changes.orders();
    changes.reopened();
    changes.approvals();
    changes.questions();
    changes.cancelled();
    changes.ended();
    return changes.records;
  }

  private void begun() {
    Request request = after.request();
    if (before == null) {
      AuditRecord record = say(request.createdAt(), Kinds.REQUEST);
      by(record, request.startedBy());
      record
          .and("template", request.template().name())
          .and("version", request.template().version())
          .and("hash", request.template().hash())
          .and("region", request.regionId())
          .and("role", request.ramRole())
          .and("mode", request.mode())
          .and(
              "parent",
              request.parent() == null ? "" : request.parent().execution().value())
          .and("parameters", SecretFields.hidden(Views.parameters(after)).toString());
      for (Map.Entry<String, String> fact : new TreeMap<>(request.origin()).entrySet()) {
        record.and("origin." + fact.getKey(), mask.text(fact.getValue()));
      }
    } else if (before.trail().count() == 0) {
      AuditRecord record = say(after.updatedAt(), Kinds.ADOPTED);
      by(record, request.startedBy());
      record
          .and("template", request.template().name())
          .and("hash", request.template().hash())
          .and("status", before.status().text());
    }
  }

  private void reopened() {
    if (before != null && before.lives() != after.lives()) {
      say(after.updatedAt(), Kinds.REOPENED).and("life", after.lives());
    }
  }

  private void orders() {
    Map<String, Order> known = before == null ? Map.of() : before.orders();
    for (Order order : after.orders().values()) {
      Order earlier = known.get(order.id());
      if (earlier == null) {
        AuditRecord record = say(order.at(), Kinds.ORDER);
        by(record, order.by());
        record
            .and("order", order.id())
            .and("what", lower(order.kind()))
            .and("task", order.task())
            .and("paths", order.paths().stream().map(Object::toString).toList())
            .and("parameters", order.parameters().isEmpty() ? "" : masked(order))
            .and("text", mask.text(order.text()));
      }
      if (!order.isOpen() && (earlier == null || earlier.isOpen())) {
        say(after.updatedAt(), Kinds.OBEYED)
            .and("order", order.id())
            .and("outcome", mask.text(order.outcome()));
      }
    }
  }

  private String masked(Order order) {
    return SecretFields.hidden(mask.object(order.parameters())).toString();
  }

  private void approvals() {
    Map<String, Approval> known = before == null ? Map.of() : before.approvals();
    for (Approval approval : after.approvals().values()) {
      Approval earlier = known.get(approval.id());
      if (earlier == null) {
        asked(approval);
      }
      Set<String> counted = earlier == null
          ? Set.of()
          : earlier.votes().stream().map(Vote::decisionId).collect(Collectors.toSet());
      for (Vote vote : approval.votes()) {
        if (!counted.contains(vote.decisionId())) {
          decided(approval, vote);
        }
      }
      // an approval that was given may become void
      if (!approval.isOpen() && (earlier == null || earlier.outcome() != approval.outcome())) {
        Instant at = approval.closedAt();
        say(at == null ? after.updatedAt() : at, Kinds.CLOSED)
            .and("approval", approval.id())
            .and("outcome", lower(approval.outcome()))
            .and(
                "means",
                approval.outcome() == Approval.Outcome.EXPIRED ? lower(approval.atExpiry()) : "");
      }
    }
  }

  private void asked(Approval approval) {
    Instant expiresAt = approval.expiresAt();
    say(approval.openedAt(), Kinds.ASKED)
        .and("approval", approval.id())
        .and("task", approval.task())
        .and("path", approval.path().value())
        .and("what", approval.kind())
        .and("question", mask.text(approval.question()))
        .and("needed", approval.needed())
        .and("approvers", approval.approvers())
        .and("excluded", approval.excluded() == null ? "" : approval.excluded().id())
        .and("targetCount", approval.targetCount())
        .and("targets", approval.targets().stream().map(mask::text).toList())
        .and("digest", approval.digest())
        .and("expiresAt", expiresAt == null ? "" : expiresAt.toString());
  }

  private void decided(Approval approval, Vote vote) {
    AuditRecord record = say(vote.at(), Kinds.DECISION).and("approval", approval.id());
    by(record, vote.voter());
    record
        .and("decision", lower(vote.decision()))
        .and("reason", mask.text(vote.reason()))
        .and("id", vote.decisionId());
  }

  private void questions() {
    Map<String, Question> known = before == null ? Map.of() : before.questions();
    for (Question question : after.questions().values()) {
      Question earlier = known.get(question.id());
      if (earlier == null) {
        say(question.sentAt(), Kinds.QUESTION)
            .and("question", question.id())
            .and("task", question.task())
            .and("path", question.path().value())
            .and("call", question.call())
            .and("retryAfter", question.retryAfter().toString());
      }
      Question.Answer answer = question.answer();
      if (answer != null && (earlier == null || earlier.answer() == null)) {
        AuditRecord record = say(after.updatedAt(), Kinds.ANSWER).and("question", question.id());
        if (question.answeredBy() != null) {
          by(record, question.answeredBy());
        }
        record.and("answer", lower(answer));
      }
    }
  }

  private void cancelled() {
    Cancellation cancellation = after.cancellation();
    if (cancellation != null && (before == null || before.cancellation() == null)) {
      AuditRecord record = say(cancellation.at(), Kinds.CANCEL);
      by(record, cancellation.by());
      record.and("reason", mask.text(cancellation.reason()));
    }
  }

  private void ended() {
    boolean wasOver =
        before != null && before.status().isFinal() && before.lives() == after.lives();
    Instant endedAt = after.endedAt();
    if (after.status().isFinal() && !wasOver) {
      say(endedAt == null ? after.updatedAt() : endedAt, Kinds.ENDED)
          .and("status", after.status().text())
          .and("message", mask.text(after.statusMessage()))
          .and("calls", after.counters().calls());
    }
    if (after.isRetired() && (before == null || !before.isRetired())) {
      say(after.updatedAt(), Kinds.RETIRED);
    }
  }

  private AuditRecord say(Instant at, String kind) {
    AuditRecord record = AuditRecord.of(at, kind);
    records.add(record);
    return record;
  }

  private static void by(AuditRecord record, Person person) {
    record.and("by", person.id()).and("names", person.names());
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
