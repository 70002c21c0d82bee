package chatops.execution.notify;

import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import chatops.chat.reply.Seal;
import chatops.chat.reply.SealException;
import chatops.engine.EngineException;
import chatops.engine.store.ExecutionStore.Saved;
import chatops.engine.store.SharedRow;
import chatops.engine.store.SharedRows;
import chatops.execution.notify.DingTalkPosts.Posted;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Keeps what is said in one place below what DingTalk takes there: 20 messages a minute from a robot, which is blocked for ten minutes
 * beyond that (open.dingtalk.com, "Custom robots: limits"). What would be too much is kept in the store and said together, in the
 * next digest. So everything is said, if later; a crash may have a digest said twice. The count is the store's, so all instances
 * share it. Thread-safe.
 */
public final class Digests {
  /** Fewer than 20, so that what templates of others say there does not block it either. */
  private static final int MOST_RESULTS = 12;

  private static final int MOST_QUESTIONS = 16;
  private static final int MOST = 18;
  private static final Duration MINUTE = Duration.ofSeconds(62);
  private static final Duration BLOCKED = Duration.ofMinutes(10).plusSeconds(10);

  /** Who says a digest has so long for it. */
  private static final Duration TURN = Duration.ofSeconds(40);

  private static final int LARGEST_ROW = 200_000;
  private static final int LARGEST_DIGEST = 15_000;
  private static final int TRIES = 100;
  private static final int PLACES = 200;
  private static final int AT_ONCE = 3;
  private static final String PREFIX = "digest:";

  private final SharedRows rows;
  private final Seal seal;
  private final DingTalkPosts posts;
  private final InstantSource clock;
  private final Lost lost;

  /** Takes what cannot be told any more. */
  public interface Lost {
    /** @param executionId empty when it is about none */
    void line(String executionId, Instant at, String detail);
  }

  /**
   * What is left of a message in a digest.
   *
   * @param text as Markdown, escaped
   * @param users ids of those it concerns
   * @param mobiles numbers of those it concerns
   * @param executionId empty when it is about none
   */
  record Entry(String text, List<String> users, List<String> mobiles, String executionId) {}

  /** What a row holds. */
  private record Line(
      List<Long> sent,
      long blockedUntil,
      long turnUntil,
      List<String> ways,
      List<Map<String, Object>> waiting) {
    boolean isIdle(long now) {
      return sent.isEmpty() && waiting.isEmpty() && now >= blockedUntil;
    }
  }

  private static final Line NOTHING = new Line(List.of(), 0, 0, List.of(), List.of());

  public Digests(SharedRows rows, Seal seal, DingTalkPosts posts, InstantSource clock, Lost lost) {
    this.rows = rows;
    this.seal = seal;
    this.posts = posts;
    this.clock = clock;
    this.lost = lost;
  }

  /**
   * What shares one limit: a custom robot wherever its posts come from, else the conversation. The store does not tell which it is.
   *
   * @param conversation corporation and conversation; of no concern for a custom robot
   */
  static String place(DingTalkAddress way, String conversation) {
    return DigestUtils.sha256Hex(
        way.kind() == DingTalkAddress.Kind.ROBOT ? way.robot() : conversation);
  }

  /** Whether a message goes now. */
  enum Turn {
    NOW,
    /** It is kept for the next digest: it need not be said any more. */
    KEPT,
    /** So much waits already that it could not be kept. */
    FULL
  }

  /**
   * Says a message now, or together with others soon.
   *
   * @param place what shares one limit
   * @param way how it is said now
   * @param ways how it is said later: the first that leads anywhere then
   * @param isQuestion whether people are waited for, which goes first
   * @return delivered also when it is kept for the next digest
   */
  Delivery say(
      String place,
      DingTalkAddress way,
      List<DingTalkAddress> ways,
      Map<String, Object> message,
      Entry entry,
      boolean isQuestion) {
    switch (turn(place, ways, entry, isQuestion)) {
      case KEPT -> {
        return Delivery.DONE;
      }
      case FULL -> {
        return Delivery.failed("too much waits to be said there already");
      }
      case NOW -> {
        // as below
      }
    }
    Posted posted = posts.post(way, message);
    return posted.isTooFast() && keepWhileBlocked(place, ways, entry)
        ? Delivery.DONE
        : posted.delivery();
  }

  /** Takes the turn of one message, or keeps it. */
  Turn turn(String place, List<DingTalkAddress> ways, Entry entry, boolean isQuestion) {
    int most = isQuestion ? MOST_QUESTIONS : MOST_RESULTS;
    boolean[] isNow = new boolean[1];
    boolean isKept = change(place, line -> {
      long now = clock.millis();
      isNow[0] =
          line.waiting().isEmpty() && now >= line.blockedUntil() && line.sent().size() < most;
      return isNow[0] ? sent(line, now) : waiting(line, ways, entry);
    });
    return isNow[0] ? Turn.NOW : isKept ? Turn.KEPT : Turn.FULL;
  }

  /** DingTalk took a message for one too many: nothing goes there for a while. @return whether it is kept */
  boolean keepWhileBlocked(String place, List<DingTalkAddress> ways, Entry entry) {
    return change(place, line -> blocked(waiting(line, ways, entry), clock.millis()));
  }

  /**
   * Says what has waited, wherever there is room again.
   *
   * @param deadline nothing more is begun after it
   * @return how many digests were said
   */
  public int flush(Instant deadline) {
    int said = 0;
    try {
      for (SharedRow row : rows.under(PREFIX, PLACES)) {
        String place = row.key().substring(PREFIX.length());
        if (read(row).isIdle(clock.millis())) {
          rows.remove(row.key(), row.stamp());
        }
        for (int i = 0; i < AT_ONCE && clock.instant().isBefore(deadline) && flush(place); i++) {
          said++;
        }
      }
    } catch (EngineException e) {
      lost.line("", clock.instant(), "digests wait for the next sweep: " + e.getMessage());
    }
    return said;
  }

  private boolean flush(String place) {
    long now = clock.millis();
    List<Map<String, Object>> mine = new ArrayList<>();
    List<String> ways = new ArrayList<>();
    boolean isTaken = change(place, line -> {
      mine.clear();
      ways.clear();
      boolean isFree = !line.waiting().isEmpty()
          && now >= line.blockedUntil()
          && now >= line.turnUntil()
          && line.sent().size() < MOST;
      if (!isFree) {
        return line;
      }
      mine.addAll(fitting(line.waiting()));
      ways.addAll(line.ways());
      Line next = sent(line, now);
      return new Line(
          next.sent(), next.blockedUntil(), now + TURN.toMillis(), next.ways(), next.waiting());
    });
    if (!isTaken || mine.isEmpty()) {
      return false;
    }
    Posted posted = post(place, ways, mine);
    boolean isOver = posted.delivery().state() != Delivery.State.FAILED;
    if (posted.delivery().state() == Delivery.State.DEAD) {
      String detail = posted.delivery().detail();
      mine.forEach(
          entry -> lost.line(String.valueOf(entry.get("execution")), clock.instant(), detail));
    }
    boolean isTooFast = posted.isTooFast();
    change(place, line -> {
      List<Map<String, Object>> left =
          isOver ? line.waiting().subList(mine.size(), line.waiting().size()) : line.waiting();
      Line next = new Line(line.sent(), line.blockedUntil(), 0, line.ways(), left);
      return isTooFast ? blocked(next, now) : next;
    });
    return posted.delivery().isDelivered();
  }

  /** By the first way that leads anywhere. A robot that has a limit of its own gets it into its own line. */
  private Posted post(String place, List<String> ways, List<Map<String, Object>> entries) {
    Posted posted = Posted.of(Delivery.dead("there is no way to that conversation"));
    for (String each : ways) {
      DingTalkAddress way;
      try {
        way = DingTalkAddress.fromJson(each);
      } catch (JsonException e) {
        posted = Posted.of(Delivery.dead(String.valueOf(e.getMessage())));
        continue;
      }
      if (!way.isUsable(clock.instant())) {
        posted = Posted.of(Delivery.dead("the sessionWebhook has expired"));
        continue;
      }
      if (way.kind() == DingTalkAddress.Kind.ROBOT && !place(way, "").equals(place)) {
        if (moved(place(way, ""), way, entries)) {
          return Posted.of(Delivery.DONE);
        }
        continue;
      }
      posted = posts.post(way, digest(entries));
      if (posted.delivery().state() != Delivery.State.DEAD) {
        return posted;
      }
    }
    return posted;
  }

  private boolean moved(String place, DingTalkAddress way, List<Map<String, Object>> entries) {
    return change(place, line -> {
      List<Map<String, Object>> waiting = new ArrayList<>(line.waiting());
      waiting.addAll(entries);
      return new Line(
          line.sent(), line.blockedUntil(), line.turnUntil(), List.of(way.toJson()), waiting);
    });
  }

  private static List<Map<String, Object>> fitting(List<Map<String, Object>> waiting) {
    int bytes = 0;
    List<Map<String, Object>> fitting = new ArrayList<>();
    for (Map<String, Object> entry : waiting) {
      bytes += JsonWriter.bytes(entry).length;
      if (bytes > LARGEST_DIGEST && !fitting.isEmpty()) {
        break;
      }
      fitting.add(entry);
    }
    return fitting;
  }

  private static Map<String, Object> digest(List<Map<String, Object>> entries) {
    StringBuilder text = new StringBuilder();
    List<String> users = new ArrayList<>();
    List<String> mobiles = new ArrayList<>();
    for (Map<String, Object> entry : entries) {
      text.append("- ").append(entry.get("text"));
      JsonObject json = JsonReader.object(JsonWriter.bytes(entry));
      add(json.texts("users"), users, text);
      add(json.texts("mobiles"), mobiles, text);
      text.append('\n');
    }
    String title = "📋 " + entries.size();
    Map<String, Object> markdown = new LinkedHashMap<>();
    markdown.put("title", title);
    markdown.put("text", "#### " + title + "\n\n" + text.toString().stripTrailing());
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("msgtype", "markdown");
    message.put("markdown", markdown);
    Map<String, Object> at = new LinkedHashMap<>();
    at.put("atUserIds", users);
    at.put("atMobiles", mobiles);
    at.put("isAtAll", false);
    message.put("at", at);
    return message;
  }

  private static void add(List<String> people, List<String> all, StringBuilder text) {
    for (String person : people) {
      // only who is named in the text, too, is notified
      text.append(" @").append(person);
      if (!all.contains(person)) {
        all.add(person);
      }
    }
  }

  private static Line sent(Line line, long now) {
    List<Long> sent = new ArrayList<>(line.sent());
    sent.add(now);
    return new Line(sent, line.blockedUntil(), line.turnUntil(), line.ways(), line.waiting());
  }

  private static Line blocked(Line line, long now) {
    return new Line(
        line.sent(), now + BLOCKED.toMillis(), line.turnUntil(), line.ways(), line.waiting());
  }

  /** The ways that were known last are kept for all of them: they last longest. */
  private static Line waiting(Line line, List<DingTalkAddress> ways, Entry entry) {
    List<Map<String, Object>> waiting = new ArrayList<>(line.waiting());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("text", entry.text());
    json.put("users", entry.users());
    json.put("mobiles", entry.mobiles());
    json.put("execution", entry.executionId());
    waiting.add(json);
    return new Line(
        line.sent(),
        line.blockedUntil(),
        line.turnUntil(),
        ways.stream().map(DingTalkAddress::toJson).toList(),
        waiting);
  }

  /** Changes a line. */
  private interface Change {
    /** @return the same instance when nothing changes */
    Line of(Line line);
  }

  /** @return false when the row would be too large; nothing is changed then */
  private boolean change(String place, Change change) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Optional<SharedRow> row = rows.find(PREFIX + place);
      Line before = row.map(this::read).orElse(NOTHING);
      Line after = change.of(before);
      if (after == before) {
        return true;
      }
      String value = write(after, place);
      if (value.length() > LARGEST_ROW) {
        return false;
      }
      String stamp = UUID.randomUUID().toString();
      String expected = row.map(SharedRow::stamp).orElse(SharedRows.ABSENT);
      if (isSaved(new SharedRow(PREFIX + place, stamp, value), expected)) {
        return true;
      }
    }
    throw new EngineException("too much is being said in one place, try again");
  }

  private boolean isSaved(SharedRow row, String expected) {
    try {
      return rows.put(row, expected) == Saved.DONE;
    } catch (EngineException lost) {
      return rows.find(row.key())
          .map(there -> there.stamp().equals(row.stamp()))
          .orElse(false);
    }
  }

  /** What a row holds that cannot be opened any more is gone, and so are the addresses that were in it. */
  private Line read(SharedRow row) {
    JsonObject json;
    try {
      String sealed = JsonObject.of(JsonReader.read(row.value()), "").text("sealed");
      json = JsonObject.of(JsonReader.read(seal.openText(sealed, row.key())), "");
    } catch (SealException | JsonException e) {
      lost.line("", clock.instant(), "a digest is lost: " + e.getMessage());
      return NOTHING;
    }
    long minute = clock.millis() - MINUTE.toMillis();
    List<Long> sent = new ArrayList<>();
    for (String at : json.texts("sent")) {
      if (Long.parseLong(at) > minute) {
        sent.add(Long.valueOf(at));
      }
    }
    List<Map<String, Object>> waiting = new ArrayList<>();
    for (JsonObject entry : json.objects("waiting")) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("text", entry.text("text"));
      one.put("users", entry.texts("users"));
      one.put("mobiles", entry.texts("mobiles"));
      one.put("execution", entry.text("execution", ""));
      waiting.add(one);
    }
    return new Line(
        sent,
        json.number("blockedUntil", 0),
        json.number("turnUntil", 0),
        json.texts("ways"),
        waiting);
  }

  private String write(Line line, String place) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sent", line.sent().stream().map(String::valueOf).toList());
    json.put("blockedUntil", line.blockedUntil());
    json.put("turnUntil", line.turnUntil());
    json.put("ways", line.ways());
    json.put("waiting", line.waiting());
    String sealed = seal.sealText(JsonWriter.write(json), PREFIX + place);
    return JsonWriter.write(Map.of("sealed", sealed));
  }
}
