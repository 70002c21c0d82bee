package chatops.execution;

import chatops.chat.handover.HandOver;
import chatops.chat.render.Message.Mark;
import chatops.chat.rights.Rights;
import chatops.chat.rights.Verdict;
import chatops.engine.Engine;
import chatops.engine.execution.Invoker;
import chatops.engine.id.ExecutionId;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.ExecutionStore.Guarded;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Does what one event asks for. Whatever goes wrong inside, the person who asked gets an answer. Thread-safe. */
final class Inbox {
  private static final byte[] NOTHING = "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
  private static final int SWEPT_AT_ONCE = 100;

  /** DingTalk's time stamps are accepted an hour either way; a pair cannot come back after that. */
  private static final Duration GUARDED = Duration.ofHours(3);

  private final ExecutionStore store;
  private final Rights rights;
  private final Engine engine;
  private final Answers answers;
  private final Starting starting;
  private final Looking looking;
  private final Deciding deciding;
  private final ApprovalViews views;
  private final Invoker invoker;
  private final InstantSource clock;
  private final Log log;

  Inbox(
      ExecutionStore store,
      Rights rights,
      Engine engine,
      Answers answers,
      Starting starting,
      Looking looking,
      Deciding deciding,
      ApprovalViews views,
      Invoker invoker,
      InstantSource clock,
      Log log) {
    this.store = store;
    this.rights = rights;
    this.engine = engine;
    this.answers = answers;
    this.starting = starting;
    this.looking = looking;
    this.deciding = deciding;
    this.views = views;
    this.invoker = invoker;
    this.clock = clock;
    this.log = log;
  }

  /** @return the invocation's result: JSON, empty where nobody waits for one */
  byte[] take(Event event, Instant deadline) {
    if (event instanceof Event.Message message) {
      return take(message.message(), deadline);
    }
    if (event instanceof Event.Timer) {
      return take(new HandOver.Sweep(), deadline);
    }
    if (event instanceof Event.GivenUp givenUp) {
      return givenUp(givenUp);
    }
    log.line("", "event refused: " + ((Event.Unknown) event).why());
    return "{\"error\":\"this event is none that is taken here\"}"
        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private byte[] take(HandOver message, Instant deadline) {
    if (message instanceof HandOver.Run run) {
      run(run, deadline);
    } else if (message instanceof HandOver.Decide decide) {
      return decide(decide, deadline);
    } else if (message instanceof HandOver.Wake || message instanceof HandOver.Sweep) {
      goOn(message, deadline);
    } else if (message instanceof HandOver.Ask ask) {
      return views.answer(ask);
    }
    return NOTHING;
  }

  /** Nobody waits for these: an error is logged, not thrown, because the next sweep is a better repetition than the queue's. */
  private void goOn(HandOver message, Instant deadline) {
    String id = message instanceof HandOver.Wake wake ? wake.executionId() : "";
    try {
      if (id.isEmpty()) {
        engine.sweep(SWEPT_AT_ONCE, deadline);
      } else {
        engine.advance(new ExecutionId(id), deadline);
      }
    } catch (RuntimeException e) {
      log.unexpected(id, "going on", e);
    }
  }

  private void run(HandOver.Run run, Instant deadline) {
    Answers.To to =
        new Answers.To(run.reply(), run.executionId(), run.place().platform(), run.language());
    try {
      if (isForged(run.guard(), to, run.principal().id())) {
        return;
      }
      String verb = run.command().name();
      if (isTemplate(verb)) {
        starting.run(run, to, deadline);
        return;
      }
      Verdict verdict = rights.decide(run.principal(), run.place(), verb, "", "", "");
      if (verdict instanceof Verdict.Denied denied) {
        answers.denied(to, verb, denied);
        return;
      }
      switch (verb) {
        case "oos list" -> looking.list(run, to);
        case "oos show" -> looking.show(run, to);
        case "oos logs" -> looking.logs(run, to);
        case "oos approve", "oos reject" -> deciding.command(run, to, deadline);
        case "oos cancel" -> deciding.cancel(run, to, deadline);
        default -> answers.note(to, Mark.REFUSED, "unsupported", verb);
      }
    } catch (RuntimeException e) {
      log.unexpected(run.executionId(), "running a command", e);
      answers.note(to, Mark.FAILED, "internal", run.executionId());
    }
  }

  private byte[] decide(HandOver.Decide decide, Instant deadline) {
    Answers.To to = new Answers.To(
        decide.reply(), decide.executionId(), decide.place().platform(), decide.language());
    boolean isPage = decide.reply().isEmpty();
    try {
      if (isForged(decide.guard(), to, decide.principal().id())) {
        return NOTHING;
      }
      if (!isPage) {
        deciding.button(decide, to, deadline);
        return NOTHING;
      }
      return decidedOnPage(decide);
    } catch (RuntimeException e) {
      log.unexpected(decide.executionId(), "deciding", e);
      if (isPage) {
        throw e;
      }
      answers.note(to, Mark.FAILED, "internal", decide.executionId());
      return NOTHING;
    }
  }

  /** A page waits for at most five seconds: it gets the decision, and the execution goes on in an invocation of its own. */
  private byte[] decidedOnPage(HandOver.Decide decide) {
    ExecutionId id = new ExecutionId(decide.executionId());
    Deciding.Outcome outcome = deciding.vote(new Deciding.Wish(
        id,
        decide.approvalId(),
        decide.approve(),
        decide.reason(),
        decide.decisionId(),
        decide.principal()));
    if (outcome.isDecided()) {
      engine.find(id).ifPresent(view -> invoker.wake(id, view.version(), clock.instant()));
    }
    return views
        .approval(decide.executionId(), decide.approvalId(), decide.principal(), decide.language())
        .toJson();
  }

  private byte[] givenUp(Event.GivenUp event) {
    log.line("", "given up by Function Compute: " + event.condition());
    if (event.message() instanceof HandOver.Run run) {
      Answers.To to =
          new Answers.To(run.reply(), run.executionId(), run.place().platform(), run.language());
      answers.note(to, Mark.UNSURE, "lost", run.executionId(), event.condition());
    } else if (event.message() instanceof HandOver.Decide decide) {
      Answers.To to = new Answers.To(
          decide.reply(), decide.executionId(), decide.place().platform(), decide.language());
      answers.note(to, Mark.UNSURE, "lost", decide.executionId(), event.condition());
    }
    return NOTHING;
  }

  /** The same signed pair with another message is a forgery; with the same message a repeated delivery, which harms nothing. */
  private boolean isForged(HandOver.@Nullable Guard guard, Answers.To to, String person) {
    if (guard == null) {
      return false;
    }
    Guarded guarded = store.guard(
        "message:" + guard.pairHash(), guard.messageHash(), clock.instant().plus(GUARDED));
    if (guarded != Guarded.OTHER) {
      return false;
    }
    log.line(to.executionId(), "audit=forged-message person=" + person);
    answers.note(to, Mark.REFUSED, "forged");
    return true;
  }

  private static boolean isTemplate(String command) {
    return command.startsWith("ecs ") || command.equals("oos run");
  }
}
