package chatops.execution.page;

import chatops.chat.handover.HandOver;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.Rights;
import chatops.chat.rights.Verdict;
import chatops.chat.text.Texts;
import chatops.chat.view.ExecutionsView;
import chatops.engine.Engine;
import chatops.engine.store.ExecutionQuery;
import chatops.engine.view.ExecutionView;
import chatops.execution.notify.Origin;
import chatops.execution.notify.Wording;
import chatops.execution.right.ExecutionRights;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Executions by status, template, person, words and time: those that the reader may use {@code oos show} on. Looks at so many rows and
 * no longer than a page waits; what it did not get to is on the next page. Thread-safe.
 */
public final class ExecutionLists {
  private static final int PAGE = 25;
  private static final int STEP = 100;
  private static final int SCANNED = 1000;
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Set<String> STATUSES =
      Set.of("Started", "Queued", "Running", "Waiting", "Success", "Failed", "Cancelled");

  private final LiveRights rights;
  private final ExecutionRights acting;
  private final Engine engine;
  private final Texts texts;
  private final InstantSource clock;

  public ExecutionLists(LiveRights rights, Engine engine, Texts texts, InstantSource clock) {
    this.rights = rights;
    this.acting = new ExecutionRights(rights);
    this.engine = engine;
    this.texts = texts;
    this.clock = clock;
  }

  /** What is looked for; empty or null does not filter. */
  private record Wanted(
      String status,
      String template,
      String person,
      String text,
      @Nullable Instant from,
      @Nullable Instant before) {

    static Wanted of(Map<String, String> filters) {
      String status = filters.getOrDefault("status", "");
      return new Wanted(
          STATUSES.contains(status) ? status : "",
          low(filters.get("template")),
          low(filters.get("person")),
          low(filters.get("text")),
          instant(filters.get("from")),
          earlier(instant(filters.get("to")), instant(filters.get("older"))));
    }

    private static String low(@Nullable String text) {
      return text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Instant instant(@Nullable String text) {
      try {
        return text == null || text.isEmpty() ? null : Instant.parse(text);
      } catch (DateTimeException malformed) {
        return null;
      }
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
      if (one == null || other == null) {
        return one == null ? other : one;
      }
      return one.isBefore(other) ? one : other;
    }

    boolean covers(ExecutionView view, Origin origin) {
      return has(view.template().name(), template)
          && has(view.startedBy() + " " + origin.name(), person)
          && has(
              view.id() + " " + view.template().name() + " " + view.statusMessage() + " "
                  + view.regionId() + " " + origin.what() + " " + view.parameters(),
              text);
    }

    private static boolean has(String where, String what) {
      return what.isEmpty() || where.toLowerCase(Locale.ROOT).contains(what);
    }
  }

  public ExecutionsView of(HandOver.Ask ask) {
    Wording words = new Wording(texts, ask.language());
    Rights now = rights.current().rights();
    Verdict verdict = now.decide(ask.principal(), ask.place(), "oos list", "", "", "");
    if (verdict instanceof Verdict.Denied denied) {
      return ExecutionsView.denied(Refusal.text(words, denied));
    }
    Wanted wanted = Wanted.of(ask.filters());
    Instant enough = clock.instant().plus(PATIENCE);
    List<ExecutionsView.Line> lines = new ArrayList<>();
    Instant older = wanted.before();
    int scanned = 0;
    boolean isOver = false;
    while (!isOver
        && lines.size() < PAGE
        && scanned < SCANNED
        && clock.instant().isBefore(enough)) {
      List<ExecutionView> page = engine.list(new ExecutionQuery(
          wanted.status().isEmpty() ? null : wanted.status(), null, null, older, STEP));
      isOver = page.isEmpty();
      for (ExecutionView view : page) {
        if (lines.size() == PAGE) {
          isOver = false;
          break;
        }
        Instant from = wanted.from();
        if (from != null && view.createdAt().isBefore(from)) {
          isOver = true;
          break;
        }
        scanned++;
        older = view.createdAt();
        Origin origin = Origin.of(view.origin());
        if (wanted.covers(view, origin) && maySee(ask, view)) {
          lines.add(line(view, origin, words));
        }
      }
    }
    return new ExecutionsView(
        "seen",
        "",
        lines,
        isOver ? "" : Values.time(older),
        scanned,
        engine.freezes().stream()
            .map(freeze -> words.say(
                "freeze.listed",
                freeze.pattern(),
                Wording.time(freeze.at()),
                freeze.by(),
                freeze.reason()))
            .toList(),
        now.mayUse(ask.principal(), ask.place(), "oos run"),
        clock.instant().toString());
  }

  private boolean maySee(HandOver.Ask ask, ExecutionView view) {
    return acting.verdict(ask.principal(), ask.place(), "oos show", view).isAllowed();
  }

  private static ExecutionsView.Line line(ExecutionView view, Origin origin, Wording words) {
    return new ExecutionsView.Line(
        view.id(),
        view.status(),
        view.waitingStatus(),
        Values.cut(view.statusMessage(), 200),
        view.template().name(),
        words.what(origin.what(), ""),
        Timelines.requester(view, origin),
        view.regionId(),
        view.createdAt().toString(),
        Values.time(view.endedAt()));
  }
}
