package chatops.engine.run;

import chatops.engine.execution.Approval;
import chatops.engine.execution.Contact;
import chatops.engine.execution.ContactEvent;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Event;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Person;
import chatops.engine.execution.Question;
import chatops.engine.execution.Request;
import chatops.engine.execution.Status;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.Untold;
import chatops.engine.execution.Vote;
import chatops.engine.execution.WaitingStatus;
import chatops.engine.expression.JsonText;
import chatops.engine.id.ExecutionId;
import chatops.engine.notice.Notice;
import chatops.engine.notice.NoticeException;
import chatops.engine.notice.Notifier;
import chatops.engine.view.Mask;
import chatops.engine.view.Views;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Delivers what people have not been told yet; failures are tried again later and never fail an execution. */
final class Herald {
  private static final int MOST_TRIES = 6;
  private static final Duration FIRST_DELAY = Duration.ofSeconds(10);
  private static final Duration LONGEST_THROTTLE = Duration.ofHours(24);

  private final Notifier notifier;
  private final Kin kin;

  Herald(Notifier notifier, Kin kin) {
    this.notifier = notifier;
    this.kin = kin;
  }

  /**
   * Delivers what is due.
   *
   * @param items what the end has to tell of each item of the last loop
   * @return how the execution changes by it
   */
  List<Event> tell(Execution execution, Supplier<List<TaskExecution>> items, Instant now) {
    List<Event> events = new ArrayList<>();
    Execution after = execution;
    for (Untold untold : execution.untold()) {
      if (!now.isBefore(untold.nextAt())) {
        Event event = tell(after, items, untold, now);
        events.add(event);
        after = after.apply(event);
      }
    }
    return events;
  }

  private Event tell(
      Execution execution, Supplier<List<TaskExecution>> items, Untold untold, Instant now) {
    if (untold.kind() == Untold.Kind.PARENT) {
      kin.tellParent(execution);
      return new Event.Told(untold.id());
    }
    Notice notice = notice(execution, items, untold, now);
    if (notice == null) {
      return new Event.Told(untold.id());
    }
    String memory = execution.contact().memory();
    try {
      return new ContactEvent.Reached(untold.id(), notifier.tell(notice, memory));
    } catch (NoticeException e) {
      return failed(untold, e, memory, now);
    } catch (RuntimeException broken) {
      // whatever a platform's client throws, the execution goes on
      String what = broken.getClass().getSimpleName();
      return failed(untold, new NoticeException(what, true), memory, now);
    }
  }

  /** Another try, or none. What was put off because there were too many is no failure, for a day. */
  private static Event failed(Untold untold, NoticeException failure, String memory, Instant now) {
    String known = failure.memory().isEmpty() ? memory : failure.memory();
    boolean isThrottled = !failure.retryAfter().isZero();
    Instant since = untold.throttledAt() == null && isThrottled ? now : untold.throttledAt();
    int tries = isThrottled ? untold.tries() : untold.tries() + 1;
    boolean isTooLate = since != null && now.isAfter(since.plus(LONGEST_THROTTLE));
    if (!failure.isWorthRetrying() || tries >= MOST_TRIES || isTooLate) {
      Contact.Missed missed =
          new Contact.Missed(untold.kind(), String.valueOf(failure.getMessage()), now);
      return new ContactEvent.GivenUp(untold.id(), missed, known);
    }
    Duration delay =
        isThrottled ? failure.retryAfter() : FIRST_DELAY.multipliedBy(1L << untold.tries());
    Untold later =
        new Untold(untold.id(), untold.kind(), untold.subject(), tries, now.plus(delay), since);
    return new ContactEvent.PutOff(later, known);
  }

  private static Notice.@Nullable DecisionWanted wanted(
      @Nullable Approval a, Notice.Envelope envelope, Mask mask) {
    return a == null || !a.isOpen()
        ? null
        : new Notice.DecisionWanted(
            envelope,
            a.id(),
            a.task(),
            mask.text(a.question()),
            a.approvers(),
            a.needed(),
            a.targets(),
            a.targetCount(),
            a.digest(),
            a.expiresAt(),
            a.atExpiry().name().toLowerCase(Locale.ROOT));
  }

  private static Notice made(Approval a, Notice.Envelope envelope, Mask mask) {
    Vote by = a.decidedBy();
    return new Notice.DecisionMade(
        envelope,
        a.id(),
        a.task(),
        mask.text(a.question()),
        a.outcome().name().toLowerCase(Locale.ROOT),
        by == null ? "" : by.voter().id(),
        a.votes().stream()
            .filter(vote -> vote.decision() == Decision.APPROVE)
            .map(vote -> vote.voter().id())
            .toList(),
        by == null ? "" : mask.text(by.reason()));
  }

  private static Notice made(Question q, Notice.Envelope envelope) {
    Question.Answer answer = q.answer();
    Person by = q.answeredBy();
    return new Notice.OutcomeMade(
        envelope,
        q.id(),
        q.task(),
        q.call(),
        answer == null ? "" : answer.name().toLowerCase(Locale.ROOT),
        by == null ? "" : by.id());
  }

  private static Notice.Item item(TaskExecution run, Mask mask) {
    JsonNode of = run.loopItem();
    String name = of == null ? "" : of.isValueNode() ? of.asText() : JsonText.brief(of);
    return new Notice.Item(
        mask.text(name),
        run.status().text(),
        run.code(),
        mask.text(run.message()),
        mask.object(run.outputs()));
  }

  private static @Nullable Notice notice(
      Execution e, Supplier<List<TaskExecution>> items, Untold untold, Instant now) {
    Request request = e.request();
    Notice.Envelope envelope = new Notice.Envelope(
        untold.id(),
        e.id(),
        request.template().name(),
        request.startedBy().id(),
        request.replyAddress(),
        request.origin(),
        now);
    var mask = Views.mask(e);
    return switch (untold.kind()) {
      case DECISION_WANTED -> wanted(e.approvals().get(untold.subject()), envelope, mask);
      case REMINDER -> {
        Notice.DecisionWanted wanted = wanted(e.approvals().get(untold.subject()), envelope, mask);
        yield wanted == null ? null : new Notice.DecisionDue(wanted);
      }
      case DECISION_MADE -> {
        Approval a = e.approvals().get(untold.subject());
        yield a == null || a.isOpen() ? null : made(a, envelope, mask);
      }
      case OUTCOME_WANTED -> {
        Question q = e.questions().get(untold.subject());
        yield q == null || q.answer() != null
            ? null
            : new Notice.OutcomeWanted(
                envelope, q.id(), q.task(), q.call(), q.query(), q.sentAt(), q.retryAfter());
      }
      case OUTCOME_MADE -> {
        Question q = e.questions().get(untold.subject());
        boolean isOver = q != null && (q.answer() != null || e.status().isFinal());
        yield q == null || !isOver ? null : made(q, envelope);
      }
      case QUEUED -> {
        yield e.status() != Status.QUEUED
            ? null
            : new Notice.Queued(envelope, Integer.parseInt(untold.subject()));
      }
      case HELD -> {
        int bar = untold.subject().lastIndexOf('|');
        yield e.status().isFinal()
            ? null
            : new Notice.Held(
                envelope,
                untold.subject().substring(0, bar),
                new ExecutionId(untold.subject().substring(bar + 1)));
      }
      case ENDED -> {
        ObjectNode outputs =
            e.outputs() == null ? JsonNodeFactory.instance.objectNode() : mask.object(e.outputs());
        yield new Notice.Ended(
            envelope,
            e.status().text(),
            mask.text(e.statusMessage()),
            outputs,
            items.get().stream().map(item -> item(item, mask)).toList(),
            request.createdAt(),
            e.endedAt() == null ? now : e.endedAt());
      }
      case PARENT -> null;
      case FAILURE -> {
        boolean isOver = !e.waitingStatus().equals(WaitingStatus.FAILURE) && e.lease() == null;
        yield isOver
            ? null
            : new Notice.FailureHeld(envelope, untold.subject(), mask.text(e.statusMessage()));
      }
    };
  }
}
