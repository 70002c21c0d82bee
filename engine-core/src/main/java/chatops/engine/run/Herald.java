package chatops.engine.run;

import chatops.engine.execution.Approval;
import chatops.engine.execution.Event;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Question;
import chatops.engine.execution.Request;
import chatops.engine.execution.Untold;
import chatops.engine.notice.Notice;
import chatops.engine.notice.NoticeException;
import chatops.engine.notice.Notifier;
import chatops.engine.view.Views;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Delivers what people have not been told yet; failures are tried again later and never fail an execution. */
final class Herald {
  private static final int MOST_TRIES = 6;
  private static final Duration FIRST_DELAY = Duration.ofSeconds(10);

  private final Notifier notifier;

  Herald(Notifier notifier) {
    this.notifier = notifier;
  }

  /** Delivers what is due. @return how the execution changes by it */
  List<Event> tell(Execution execution, Instant now) {
    List<Event> events = new ArrayList<>();
    for (Untold untold : execution.untold()) {
      if (!now.isBefore(untold.nextAt())) {
        events.add(tell(execution, untold, now));
      }
    }
    return events;
  }

  private Event tell(Execution execution, Untold untold, Instant now) {
    Notice notice = notice(execution, untold, now);
    if (notice == null) {
      return new Event.Told(untold.id());
    }
    boolean isWorthRetrying = true;
    try {
      notifier.tell(notice);
      return new Event.Told(untold.id());
    } catch (NoticeException e) {
      isWorthRetrying = e.isWorthRetrying();
    } catch (RuntimeException broken) {
      // whatever a platform's client throws, the execution goes on
      isWorthRetrying = true;
    }
    int tries = untold.tries() + 1;
    if (!isWorthRetrying || tries >= MOST_TRIES) {
      return new Event.Told(untold.id());
    }
    Instant next = now.plus(FIRST_DELAY.multipliedBy(1L << untold.tries()));
    return new Event.ToTell(new Untold(untold.id(), untold.kind(), untold.subject(), tries, next));
  }

  private static @Nullable Notice notice(Execution e, Untold untold, Instant now) {
    Request request = e.request();
    Notice.Envelope envelope = new Notice.Envelope(
        untold.id(),
        e.id(),
        request.template().name(),
        request.startedBy().id(),
        request.replyAddress(),
        request.origin(),
        now);
    var mask = Views.mask(request);
    return switch (untold.kind()) {
      case DECISION_WANTED -> {
        Approval a = e.approvals().get(untold.subject());
        yield a == null || !a.isOpen()
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
                a.expiresAt());
      }
      case OUTCOME_WANTED -> {
        Question q = e.questions().get(untold.subject());
        yield q == null || q.answer() != null
            ? null
            : new Notice.OutcomeWanted(
                envelope, q.id(), q.task(), q.call(), q.query(), q.sentAt(), q.retryAfter());
      }
      case ENDED -> {
        ObjectNode outputs =
            e.outputs() == null ? JsonNodeFactory.instance.objectNode() : mask.object(e.outputs());
        yield new Notice.Ended(
            envelope,
            e.status().text(),
            mask.text(e.statusMessage()),
            outputs,
            request.createdAt(),
            e.endedAt() == null ? now : e.endedAt());
      }
    };
  }
}
