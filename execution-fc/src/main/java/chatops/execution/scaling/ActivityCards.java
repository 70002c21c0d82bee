package chatops.execution.scaling;

import chatops.chat.Platform;
import chatops.chat.render.Message;
import chatops.engine.Engine;
import chatops.engine.id.ExecutionId;
import chatops.engine.notice.NoticeException;
import chatops.engine.store.ExecutionStore.Saved;
import chatops.engine.store.SharedRow;
import chatops.engine.store.SharedRows;
import chatops.engine.view.ExecutionView;
import chatops.execution.notify.Correspondence;
import chatops.execution.notify.Delivery;
import chatops.execution.notify.Letter;
import chatops.execution.notify.Origin;
import chatops.execution.notify.Replies;
import chatops.execution.notify.Sent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * One message in the chat for each scaling activity, edited in place however many instances and hooks it has. A shared row says which executions
 * belong to the activity, where its message is, and who writes at it now, so that two hooks that end at once leave one message that shows
 * both. Thread-safe.
 */
public final class ActivityCards {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "card:";
  private static final Duration BUSY = Duration.ofSeconds(30);
  private static final Duration KEPT = Duration.ofDays(3);
  private static final Duration TIDIED = Duration.ofHours(1);
  private static final int ROUNDS = 5;
  private static final int TRIES = 20;

  private final SharedRows rows;
  private final Supplier<Engine> engine;
  private final Replies replies;
  private final ActivityMessages messages;
  private final InstantSource clock;
  private final Object[] turns = new Object[64];
  private Instant tidied = Instant.MIN;

  /** @param engine asked when a card is written, because the engine itself tells us of ends */
  public ActivityCards(
      SharedRows rows,
      Supplier<Engine> engine,
      Replies replies,
      ActivityMessages messages,
      InstantSource clock) {
    this.rows = rows;
    this.engine = engine;
    this.replies = replies;
    this.messages = messages;
    this.clock = clock;
    Arrays.setAll(turns, turn -> new Object());
  }

  /** Whether an execution's progress and end are shown on a card. */
  public static boolean isCarded(Map<String, String> origin) {
    return HookFacts.of(origin).isPresent();
  }

  /** An execution of an activity has begun. What goes wrong is mended by the card of its end. */
  void begun(ExecutionId id, Map<String, String> origin) {
    try {
      show(id, origin);
    } catch (NoticeException later) {
      // its end is told until it arrives
    }
  }

  /**
   * Shows how an execution is now.
   *
   * @throws NoticeException when the card could not be written, or somebody else is writing it
   */
  public void show(ExecutionId id, Map<String, String> origin) {
    HookFacts hook = HookFacts.of(origin).orElseThrow();
    if (Origin.of(origin).channel().isEmpty()) {
      return;
    }
    String key = PREFIX + hook.day() + ":" + hook.activityId();
    // hooks of one activity mostly end in one process: they take turns instead of coming back later
    synchronized (turns[Math.floorMod(key.hashCode(), turns.length)]) {
      show(key, id);
    }
  }

  private void show(String key, ExecutionId id) {
    Claim claim = claim(key, id);
    if (claim == null) {
      throw new NoticeException("another hook of the activity is being shown", true);
    }
    for (int round = 0; round < ROUNDS; round++) {
      Sent sent = write(claim);
      Delivery delivery = sent.delivery();
      String known = sent.known().toString();
      if (!delivery.isDelivered()) {
        release(key, claim, known, true);
        throw new NoticeException(
            "not delivered: " + delivery.detail(),
            delivery.state() == Delivery.State.FAILED,
            delivery.retryAfter(),
            "");
      }
      Claim next = release(key, claim, known, false);
      if (next == null) {
        return;
      }
      claim = next;
    }
    release(key, claim, "", true);
  }

  /** A hook for which nothing could be started. */
  void refused(ExecutionId id, String replyAddress, Map<String, String> origin, String why) {
    Origin place = Origin.of(origin);
    HookFacts hook = HookFacts.of(origin).orElseThrow();
    if (!place.channel().isEmpty()) {
      Message message = messages.refused(hook, why, place.language()).withFooter(id.value());
      replies.send(replyAddress, id.value(), place.platform(), Letter.open(message));
    }
  }

  /** Forgets cards of days that are over; called now and then. */
  public void tidy() {
    Instant now = clock.instant();
    synchronized (this) {
      if (now.isBefore(tidied.plus(TIDIED))) {
        return;
      }
      tidied = now;
    }
    String oldest = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT)
        .withZone(ZoneOffset.UTC)
        .format(now.minus(KEPT));
    for (SharedRow row : rows.under(PREFIX, 200)) {
      if (row.key().compareTo(PREFIX + oldest) < 0) {
        rows.remove(row.key(), row.stamp());
      }
    }
  }

  /** What this process holds while it writes a card. @param changes what the card will show at least */
  private record Claim(String owner, List<String> executions, String memory, long changes) {}

  /** Notes that the execution changed, and takes the pen where nobody has it. Null when somebody has. */
  private @org.jspecify.annotations.Nullable Claim claim(String key, ExecutionId id) {
    String owner = UUID.randomUUID().toString();
    for (int i = 0; i < TRIES; i++) {
      Optional<SharedRow> row = rows.find(key);
      ObjectNode card = row.map(r -> read(r.value())).orElseGet(ActivityCards::empty);
      ArrayNode executions = card.withArray("executions");
      boolean isKnown = false;
      for (JsonNode each : executions) {
        isKnown |= each.asText().equals(id.value());
      }
      if (!isKnown) {
        executions.add(id.value());
      }
      card.put("changes", card.path("changes").asLong() + 1);
      Instant now = clock.instant();
      boolean isBusy = now.isBefore(Instant.parse(card.path("busyUntil").asText()));
      if (!isBusy) {
        card.put("owner", owner).put("busyUntil", now.plus(BUSY).toString());
      }
      if (put(key, card, row)) {
        return isBusy ? null : claimed(owner, card);
      }
    }
    throw new NoticeException("the card's row changes all the time", true);
  }

  /** Gives the pen back, unless something changed meanwhile: then it is written again. Null when it is given back. */
  private @org.jspecify.annotations.Nullable Claim release(
      String key, Claim claim, String memory, boolean isLast) {
    for (int i = 0; i < TRIES; i++) {
      Optional<SharedRow> row = rows.find(key);
      if (row.isEmpty()) {
        return null;
      }
      ObjectNode card = read(row.get().value());
      if (!card.path("owner").asText().equals(claim.owner())) {
        return null;
      }
      if (!memory.isEmpty()) {
        card.put("memory", memory);
      }
      boolean isDone = isLast || card.path("changes").asLong() == claim.changes();
      Instant until = isDone ? Instant.EPOCH : clock.instant().plus(BUSY);
      card.put("busyUntil", until.toString());
      if (put(key, card, row)) {
        return isDone ? null : claimed(claim.owner(), card);
      }
    }
    return null;
  }

  private boolean put(String key, ObjectNode card, Optional<SharedRow> before) {
    SharedRow row = new SharedRow(key, UUID.randomUUID().toString(), card.toString());
    return rows.put(row, before.map(SharedRow::stamp).orElse(SharedRows.ABSENT)) == Saved.DONE;
  }

  private static Claim claimed(String owner, ObjectNode card) {
    List<String> executions = new ArrayList<>();
    card.path("executions").forEach(each -> executions.add(each.asText()));
    return new Claim(
        owner, executions, card.path("memory").asText(""), card.path("changes").asLong());
  }

  private Sent write(Claim claim) {
    List<ActivityMessages.Shown> shown = new ArrayList<>();
    for (String execution : claim.executions()) {
      ExecutionId id = new ExecutionId(execution);
      engine
          .get()
          .find(id)
          .ifPresent(
              view -> shown.add(new ActivityMessages.Shown(view, engine.get().tasks(id))));
    }
    if (shown.isEmpty()) {
      return new Sent(Delivery.DONE, Correspondence.NONE);
    }
    ExecutionView first = shown.get(0).view();
    Origin place = Origin.of(first.origin());
    Platform platform = place.platform();
    Letter letter = Letter.card(
        messages.of(shown, place.language()), PREFIX + shown.get(0).hook().activityId());
    return replies.send(
        first.replyAddress(), first.id(), platform, letter, Correspondence.read(claim.memory()));
  }

  private static ObjectNode empty() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("busyUntil", Instant.EPOCH.toString())
        .put("changes", 0)
        .put("memory", "");
  }

  private static ObjectNode read(String value) {
    try {
      return (ObjectNode) JSON.readTree(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a card's row that is no JSON", e);
    }
  }
}
