package chatops.engine.run;

import chatops.engine.action.Reply;
import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.execution.Cancellation;
import chatops.engine.execution.Event;
import chatops.engine.execution.TaskExecution;
import chatops.engine.expression.Expression;
import chatops.engine.expression.ExpressionException;
import chatops.engine.expression.JsonText;
import chatops.engine.template.Task;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The property {@code KeepAlive} of ACS::Template: while the inner template runs, an API is called again and again so that
 * something outside goes on waiting for its end. The call is made when {@link #SHARE} of the present window has passed; the
 * next window is as long as the task has taken so far, at least the first one, so that few calls cover a long run and little is
 * waited for in vain after a short one. When the wait cannot be made longer, the execution is cancelled shortly before it would
 * end: OnCancel of the task can still say what the result shall be.
 *
 * <p>What it remembers is in the task's own state, so a worker that dies is followed by one that goes on beating.
 */
final class KeepAlive {
  static final String PROPERTY = "KeepAlive";

  private static final double SHARE = 0.6;

  /** Left at the end of the wait, for waking up, a session and the last call. */
  private static final Duration LEAST_RESERVE = Duration.ofSeconds(10);

  private static final Duration MOST_RESERVE = Duration.ofSeconds(60);

  /** Between tries of a call that may succeed unchanged later. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Means means;
  private final Ledger ledger;
  private final Journal journal;
  private final Flights flights;

  KeepAlive(Means means, Ledger ledger, Journal journal, Flights flights) {
    this.means = means;
    this.ledger = ledger;
    this.journal = journal;
    this.flights = flights;
  }

  /** Before the inner template begins. @throws ExpressionException when the property is not as it must be */
  void check(FrameScope scope, Task task) {
    Wanted wanted = wanted(scope, task);
    if (wanted != null) {
      wanted.request("", 1);
      wanted.window();
      wanted.longest();
      wanted.since(Instant.EPOCH);
    }
  }

  /** Null where nothing is to be kept alive. */
  private static @Nullable Wanted wanted(FrameScope scope, Task task) {
    Expression property =
        task.action().equalsIgnoreCase("ACS::Template") ? task.property(PROPERTY) : null;
    if (property == null) {
      return null;
    }
    Wanted wanted = new Wanted(property.evaluate(scope), task.name());
    return wanted.most() < 1 ? null : wanted;
  }

  /** One look at the clock, for a task whose inner template goes on. */
  void turn(FrameScope scope, Task task, TaskExecution run, Turn turn) {
    Wanted wanted = ledger.execution().isCancelWanted() ? null : wanted(scope, task);
    if (wanted == null) {
      return;
    }
    State state = State.of(run.state());
    if (state == null) {
      state = State.begun(wanted, turn.now());
      remember(run, state);
    }
    Reply reply = flights.take(run.path());
    if (reply != null) {
      state = heard(run, wanted, state, reply, turn.now());
      remember(run, state);
    }
    if (!flights.isFlying(run.path())) {
      act(scope, run, wanted, state, turn);
    }
  }

  private void act(FrameScope scope, TaskExecution run, Wanted wanted, State state, Turn turn) {
    if (state.isOver()) {
      Instant end = state.lastAt();
      if (end == null) {
        return;
      }
      if (turn.now().isBefore(end)) {
        turn.wake(end);
        return;
      }
      String why = "task " + run.name() + " cannot be waited for longer than until " + state.until()
          + " (" + state.over() + ")";
      ledger.apply(
          new Event.CancelRequested(new Cancellation(Cancellation.NOBODY, why, turn.now())));
      ledger.fact();
      journal.warn(run.path(), why);
      return;
    }
    if (turn.now().isBefore(state.nextAt())) {
      turn.wake(state.nextAt());
      return;
    }
    Duration window = state.nextWindow(wanted, turn.now());
    ApiRequest request =
        wanted.request(ledger.execution().request().regionId(), window.toSeconds());
    remember(run, state.sending(window, turn.now()));
    turn.perform(new Turn.Ready.Api(
        run.path(),
        request,
        ledger.frame(scope.at()).ramRole(),
        means.effects().effect(request.service(), request.api(), "").effectClass()));
  }

  private State heard(TaskExecution run, Wanted wanted, State state, Reply reply, Instant now) {
    if (!(reply instanceof Reply.Refused refused)) {
      State next = state.beaten(wanted);
      journal.info(
          run.path(),
          "task=" + run.name() + " kept alive until " + next.until() + ", " + next.beats() + " of "
              + wanted.most());
      return next;
    }
    ApiException error = refused.error();
    if (wanted.isGone(error.code())) {
      journal.warn(
          run.path(), "task=" + run.name() + " nothing waits any more: " + error.getMessage());
      return state.gone(error.code());
    }
    boolean isFinal = error.verdict() == ApiException.Verdict.FINAL;
    Instant again = now.plus(state.patience(now));
    boolean isTooLate = !again.isBefore(state.until().minus(state.reserve()));
    journal.warn(
        run.path(),
        "task=" + run.name() + " not kept alive: " + error.getMessage()
            + (isFinal || isTooLate ? "" : "; again at " + again));
    return isFinal || isTooLate ? state.over(error.code()) : state.later(again);
  }

  private void remember(TaskExecution run, State state) {
    ledger.put(ledger.known(run.path()).remembering(state.toJson()));
  }

  /** The property's value. */
  private record Wanted(JsonNode value, String task) {
    private static final long LONGEST = Duration.ofDays(30).toSeconds();

    private String text(String name) {
      String text = value.path(name).asText("").strip();
      if (text.isEmpty()) {
        throw new ExpressionException("task " + task + ": KeepAlive needs " + name);
      }
      return text;
    }

    private long number(String name, long otherwise, long least) {
      JsonNode node = value.path(name);
      if (node.isMissingNode() || node.isNull()) {
        return otherwise;
      }
      try {
        long number = Long.parseLong(node.asText("").strip());
        if (number >= least && number <= LONGEST) {
          return number;
        }
      } catch (NumberFormatException notANumber) {
        // said below like a number out of range
      }
      throw new ExpressionException("task " + task + ": KeepAlive." + name + ": expected " + least
          + " to " + LONGEST + ", found '" + node.asText() + "'");
    }

    long most() {
      return value.isNull() || value.isMissingNode() ? 0 : number("Most", 1, 0);
    }

    Duration window() {
      text("Window");
      return Duration.ofSeconds(number("Window", 0, 1));
    }

    Duration longest() {
      return Duration.ofSeconds(number("Longest", LONGEST, 1));
    }

    /** When the wait began; now where it is not said, or lies in the future. */
    Instant since(Instant now) {
      String text = value.path("Since").asText("").strip();
      try {
        Instant since = text.isEmpty() ? now : Instant.parse(text);
        return since.isAfter(now) ? now : since;
      } catch (DateTimeParseException e) {
        throw new ExpressionException(
            "task " + task
                + ": KeepAlive.Since: expected a time such as 2030-01-01T00:00:00Z, found '" + text
                + "'",
            e);
      }
    }

    boolean isGone(String code) {
      for (JsonNode each : value.path("GoneCodes")) {
        if (each.asText().equalsIgnoreCase(code)) {
          return true;
        }
      }
      return false;
    }

    ApiRequest request(String region, long seconds) {
      JsonNode given = JsonText.withoutNulls(value.path("Parameters"));
      ObjectNode parameters =
          given instanceof ObjectNode map ? map.deepCopy() : JsonNodeFactory.instance.objectNode();
      String name = value.path("WindowParameter").asText("").strip();
      if (!name.isEmpty()) {
        parameters.put(name, seconds);
      }
      String own = parameters.path("RegionId").asText("");
      return new ApiRequest(
          text("Service"), text("API"), own.isBlank() ? region : own, parameters, null);
    }
  }

  /**
   * How far it is.
   *
   * @param until when the wait ends
   * @param asked the window that the call under way asks for; zero when none is
   * @param askedAt when it was sent
   * @param over why no more calls are made; empty while they are
   * @param gone whether nothing waits any more
   */
  private record State(
      Instant since,
      Instant until,
      Instant nextAt,
      int beats,
      Duration asked,
      Instant askedAt,
      String over,
      boolean gone) {

    static State begun(Wanted wanted, Instant now) {
      Instant since = wanted.since(now);
      Duration window = wanted.window();
      return new State(
          since, since.plus(window), after(since, window), 0, Duration.ZERO, since, "", false);
    }

    private static Instant after(Instant start, Duration window) {
      return start.plusMillis((long) (window.toMillis() * SHARE));
    }

    boolean isOver() {
      return !over.isEmpty();
    }

    Duration reserve() {
      Duration fifth = Duration.between(since, until).dividedBy(5);
      Duration atLeast = fifth.compareTo(LEAST_RESERVE) < 0 ? LEAST_RESERVE : fifth;
      return atLeast.compareTo(MOST_RESERVE) > 0 ? MOST_RESERVE : atLeast;
    }

    /** When the execution must end, once no call helps any more; null when nothing waits for it. */
    @Nullable
    Instant lastAt() {
      return gone ? null : until.minus(reserve());
    }

    Duration nextWindow(Wanted wanted, Instant now) {
      Duration elapsed = Duration.between(since, now);
      Duration window = elapsed.compareTo(wanted.window()) > 0 ? elapsed : wanted.window();
      Duration left = wanted.longest().minus(elapsed);
      return (window.compareTo(left) > 0 ? left : window).truncatedTo(ChronoUnit.SECONDS);
    }

    State sending(Duration window, Instant now) {
      return new State(since, until, nextAt, beats, window, now, over, gone);
    }

    State beaten(Wanted wanted) {
      // from when it was sent, not from when the answer came: the earlier is the safer
      Instant end = askedAt.plus(asked);
      Instant later = end.isAfter(until) ? end : until;
      State next = new State(
          since, later, after(askedAt, asked), beats + 1, Duration.ZERO, askedAt, "", false);
      if (next.beats >= wanted.most()) {
        return next.over("extended " + next.beats + " times, which is all that is possible");
      }
      boolean isLongest = !later.isBefore(since.plus(wanted.longest()).minusSeconds(1));
      return isLongest
          ? next.over("waited for as long as is possible, " + wanted.longest().toSeconds() + " s")
          : next;
    }

    /** The shorter the wait still lasts, the sooner. */
    Duration patience(Instant now) {
      Duration quarter = Duration.between(now, until).dividedBy(4);
      Duration most = quarter.compareTo(PATIENCE) > 0 ? PATIENCE : quarter;
      return most.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : most;
    }

    State later(Instant at) {
      return new State(since, until, at, beats, Duration.ZERO, askedAt, over, gone);
    }

    State over(String why) {
      return new State(since, until, nextAt, beats, Duration.ZERO, askedAt, why, false);
    }

    State gone(String code) {
      return new State(since, until, nextAt, beats, Duration.ZERO, askedAt, code, true);
    }

    ObjectNode toJson() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.putObject("keepAlive")
          .put("since", since.toString())
          .put("until", until.toString())
          .put("nextAt", nextAt.toString())
          .put("beats", beats)
          .put("asked", asked.toSeconds())
          .put("askedAt", askedAt.toString())
          .put("over", over)
          .put("gone", gone);
      return json;
    }

    static @Nullable State of(ObjectNode state) {
      JsonNode json = state.path("keepAlive");
      return json.isMissingNode()
          ? null
          : new State(
              Instant.parse(json.path("since").asText()),
              Instant.parse(json.path("until").asText()),
              Instant.parse(json.path("nextAt").asText()),
              json.path("beats").asInt(),
              Duration.ofSeconds(json.path("asked").asLong()),
              Instant.parse(json.path("askedAt").asText()),
              json.path("over").asText(),
              json.path("gone").asBoolean());
    }
  }
}
