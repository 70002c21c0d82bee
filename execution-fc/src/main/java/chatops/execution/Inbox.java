package chatops.execution;

import chatops.chat.handover.HandOver;
import chatops.chat.link.PersonalLinks;
import chatops.chat.render.Message.Mark;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.Verdict;
import chatops.chat.view.ViewJson;
import chatops.engine.Engine;
import chatops.engine.NewerFormatException;
import chatops.engine.execution.Invoker;
import chatops.engine.id.ExecutionId;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.ExecutionStore.Guarded;
import chatops.execution.notify.Letter;
import chatops.execution.page.ExecutionLists;
import chatops.execution.page.Timelines;
import chatops.execution.scaling.Hooks;
import chatops.execution.scaling.LifecycleMessages;
import chatops.execution.scaling.Received;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does what one event asks for. Whatever goes wrong inside, the person who asked gets an answer. Thread-safe. */
final class Inbox {
  private static final byte[] NOTHING = "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8);

  /** Not thrown, because a queue would repeat it; said, because a host counts it. */
  private static final byte[] FAILED =
      ExecutionHandler.FAILED.getBytes(java.nio.charset.StandardCharsets.UTF_8);

  /** How long after its end a personal link is remembered as used: clocks differ. */
  private static final Duration ENTERED = Duration.ofHours(1);

  /** A failure destination is delivered at least once, and no later than the queue keeps anything. */
  private static final Duration TOLD = Duration.ofDays(1);

  /** DingTalk's time stamps are accepted an hour either way; a pair cannot come back after that. */
  private static final Duration GUARDED = Duration.ofHours(3);

  private final ExecutionStore store;
  private final LiveRights rights;
  private final Engine engine;
  private final Answers answers;
  private final Starting starting;
  private final Looking looking;
  private final Deciding deciding;
  private final Answering answering;
  private final Ordering ordering;
  private final Freezing freezing;
  private final ApprovalViews views;
  private final Hooks hooks;
  private final Timelines timelines;
  private final ExecutionLists lists;
  private final Submitting submitting;
  private final PersonalLinks personalLinks;
  private final Sweeping sweeping;
  private final Invoker invoker;
  private final InstantSource clock;
  private final Log log;

  Inbox(
      ExecutionStore store,
      LiveRights rights,
      Engine engine,
      Answers answers,
      Starting starting,
      Looking looking,
      Deciding deciding,
      Answering answering,
      Ordering ordering,
      Freezing freezing,
      ApprovalViews views,
      Hooks hooks,
      Timelines timelines,
      ExecutionLists lists,
      PersonalLinks personalLinks,
      Sweeping sweeping,
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
    this.answering = answering;
    this.ordering = ordering;
    this.freezing = freezing;
    this.views = views;
    this.hooks = hooks;
    this.timelines = timelines;
    this.lists = lists;
    this.submitting = new Submitting((run, to) -> run(run, to, this::wake));
    this.personalLinks = personalLinks;
    this.sweeping = sweeping;
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
      return givenUp(givenUp, deadline);
    }
    if (event instanceof Event.Scaling scaling) {
      return scaling(scaling.received(), deadline);
    }
    log.line("", "event refused: " + ((Event.Unknown) event).why());
    return "{\"error\":\"this event is none that is taken here\"}"
        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  /** What throws here is not kept yet, and comes again by Function Compute's queue. */
  private byte[] scaling(List<Received> received, Instant deadline) {
    received.forEach(each -> hooks.take(each, deadline));
    return NOTHING;
  }

  private byte[] notified(HandOver.Notification notification, Instant deadline) {
    List<Received> received = LifecycleMessages.read(notification.owner(), notification.message());
    if (received.isEmpty()) {
      log.line(
          "",
          "scaling: message " + notification.messageId() + " of topic " + notification.topic()
              + " is no hook's");
    }
    return scaling(received, deadline);
  }

  private byte[] take(HandOver message, Instant deadline) {
    rights.fresh();
    if (message instanceof HandOver.Run run) {
      return run(run, Answers.To.of(run), here(deadline)) ? NOTHING : FAILED;
    } else if (message instanceof HandOver.Submit submit) {
      return ViewJson.write(submitting.submit(submit.run()));
    } else if (message instanceof HandOver.Enter enter) {
      return entered(enter);
    } else if (message instanceof HandOver.Decide decide) {
      return decide(decide, deadline);
    } else if (message instanceof HandOver.Answer answer) {
      return answer(answer, deadline);
    } else if (message instanceof HandOver.Wake wake) {
      return woken(wake.executionId(), deadline) ? NOTHING : FAILED;
    } else if (message instanceof HandOver.Sweep) {
      return sweeping.sweep(deadline) ? NOTHING : FAILED;
    } else if (message instanceof HandOver.Notification notification) {
      return notified(notification, deadline);
    } else if (message instanceof HandOver.Ask ask) {
      return asked(ask);
    }
    return NOTHING;
  }

  private byte[] asked(HandOver.Ask ask) {
    return switch (ask.what()) {
      case "timeline" -> ViewJson.write(timelines.of(ask));
      case "executions" -> ViewJson.write(lists.of(ask));
      case "question" ->
        answering
            .view(ask.executionId(), ask.id(), ask.principal(), ask.place())
            .toJson();
      default -> views.answer(ask);
    };
  }

  /** A personal link is used once: the first visit that comes with it has it. */
  private byte[] entered(HandOver.Enter enter) {
    Guarded guarded =
        store.guard("enter:" + enter.nonce(), enter.visit(), enter.until().plus(ENTERED));
    return (guarded == Guarded.OTHER ? "{\"entered\":false}" : "{\"entered\":true}")
        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private Onward here(Instant deadline) {
    return id -> engine.advance(id, deadline);
  }

  /** Nobody waits for it: an error is logged, not thrown, because the next sweep is a better repetition than the queue's. */
  private boolean woken(String id, Instant deadline) {
    try {
      engine.advance(new ExecutionId(id), deadline);
    } catch (NewerFormatException e) {
      log.line(id, "left alone: " + e.getMessage());
    } catch (RuntimeException e) {
      log.unexpected(id, "going on", e);
      return false;
    }
    return true;
  }

  /** @return false where it failed in a way that nobody expected; whoever asked was told */
  private boolean run(HandOver.Run run, Answers.To to, Onward onward) {
    try {
      if (!isForged(run.guard(), to, run.principal().id())) {
        command(run, to, onward);
      }
      return true;
    } catch (NewerFormatException e) {
      answers.note(to, Mark.UNSURE, "newer", String.valueOf(e.getMessage()));
      return true;
    } catch (RuntimeException e) {
      log.unexpected(run.executionId(), "running a command", e);
      answers.note(to, Mark.FAILED, "internal", run.executionId());
      return false;
    }
  }

  private void command(HandOver.Run run, Answers.To to, Onward onward) {
    if (!run.rightsHash().isEmpty()) {
      // one of both functions may have read a newer file; what stands here after a look decides
      rights.newerThan(run.rightsHash());
    }
    String verb = run.command().name();
    if (isTemplate(verb)) {
      starting.run(run, to, onward);
      return;
    }
    Verdict verdict =
        rights.current().rights().decide(run.principal(), run.place(), verb, "", "", "");
    if (verb.equals("oos page") && rights.current().rights().isApprover(run.principal())) {
      // who decides anything may look at it
      verdict = Verdict.ALLOWED;
    }
    if (verdict instanceof Verdict.Denied denied) {
      answers.denied(to, verb, denied);
      return;
    }
    switch (verb) {
      case "oos list" -> looking.list(run, to);
      case "oos show" -> looking.show(run, to);
      case "oos logs" -> looking.logs(run, to);
      case "oos approve", "oos reject" -> {
        rights.now();
        deciding.command(run, to, onward);
      }
      case "oos cancel" -> deciding.cancel(run, to, onward);
      case "oos retry", "oos skip", "oos stop" -> {
        if (!answering.command(run, to, onward)) {
          ordering.order(run, to, onward);
        }
      }
      case "oos pause", "oos resume" -> ordering.order(run, to, onward);
      case "oos page" ->
        answers.send(
            to,
            Letter.toPerson(personalLinks.answer(
                run.language(), run.principal(), run.place(), answers.isAlone(to), run.command())));
      case "oos freeze" -> freezing.freeze(run, to);
      case "oos unfreeze" -> freezing.unfreeze(run, to);
      default -> answers.note(to, Mark.REFUSED, "unsupported", verb);
    }
  }

  private byte[] decide(HandOver.Decide decide, Instant deadline) {
    Answers.To to = Answers.To.of(decide);
    boolean isPage = decide.reply().isEmpty();
    try {
      if (isForged(decide.guard(), to, decide.principal().id())) {
        return NOTHING;
      }
      // what is decided cannot be taken back, so who may is looked up now
      rights.now();
      if (!isPage) {
        deciding.button(decide, to, here(deadline));
        return NOTHING;
      }
      return decidedOnPage(decide);
    } catch (RuntimeException e) {
      log.unexpected(decide.executionId(), "deciding", e);
      if (isPage) {
        throw e;
      }
      answers.note(to, Mark.FAILED, "internal", decide.executionId());
      return FAILED;
    }
  }

  private byte[] answer(HandOver.Answer answer, Instant deadline) {
    Answers.To to = Answers.To.of(answer);
    boolean isPage = answer.reply().isEmpty();
    try {
      if (isForged(answer.guard(), to, answer.principal().id())) {
        return NOTHING;
      }
      rights.now();
      if (!isPage) {
        answering.button(answer, to, here(deadline));
        return NOTHING;
      }
      if (answering.onPage(answer)) {
        wake(new ExecutionId(answer.executionId()));
      }
      return answering
          .view(answer.executionId(), answer.questionId(), answer.principal(), answer.place())
          .toJson();
    } catch (RuntimeException e) {
      log.unexpected(answer.executionId(), "answering", e);
      if (isPage) {
        throw e;
      }
      answers.note(to, Mark.FAILED, "internal", answer.executionId());
      return FAILED;
    }
  }

  private void wake(ExecutionId id) {
    engine.find(id).ifPresent(view -> invoker.wake(id, view.version(), clock.instant()));
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
      wake(id);
    }
    return views
        .approval(decide.executionId(), decide.approvalId(), decide.principal(), decide.language())
        .toJson();
  }

  /** Whoever asked is told, once. What Auto Scaling said has nobody who asked, and is taken up once more. */
  private byte[] givenUp(Event.GivenUp event, Instant deadline) {
    log.line("", "given up by Function Compute: " + event.condition());
    if (event.event() instanceof Event.Scaling scaling) {
      return scaling(scaling.received(), deadline);
    }
    if (event.event() instanceof Event.Message given) {
      if (given.message() instanceof HandOver.Notification notification) {
        return notified(notification, deadline);
      }
      if (given.message() instanceof HandOver.Run run) {
        lost(Answers.To.of(run), event);
      } else if (given.message() instanceof HandOver.Decide decide) {
        lost(Answers.To.of(decide), event);
      } else if (given.message() instanceof HandOver.Answer answer) {
        lost(Answers.To.of(answer), event);
      }
    }
    return NOTHING;
  }

  private void lost(Answers.To to, Event.GivenUp event) {
    if (isTold(event.id())) {
      log.line(to.executionId(), "told already that it was given up");
      return;
    }
    answers.note(to, Mark.UNSURE, "lost", to.executionId(), event.condition());
  }

  /** A store that is away may be why it was given up: then rather twice than never. */
  private boolean isTold(String id) {
    try {
      return store.guard("lost:" + id, id, clock.instant().plus(TOLD)) != Guarded.NEW;
    } catch (RuntimeException away) {
      log.unexpected("", "telling what was given up", away);
      return false;
    }
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
    return command.startsWith("ecs ") || command.startsWith("ess ") || command.equals("oos run");
  }
}
