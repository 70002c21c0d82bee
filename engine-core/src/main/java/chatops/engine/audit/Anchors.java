package chatops.engine.audit;

import chatops.engine.EngineException;
import chatops.engine.id.ExecutionId;
import chatops.engine.store.ExecutionStore.Saved;
import chatops.engine.store.SharedRow;
import chatops.engine.store.SharedRows;
import chatops.engine.store.StoreException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Anchors in rows that executions share: one small row each, kept for ever; the list of heads in further rows, which go when the
 * trails they are about have gone; and one row that says which anchor is the newest. Thread-safe.
 */
public final class Anchors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NEWEST = "anchor";

  /** Lines of about 115 bytes: below the 256 KB of a shared row. */
  static final int PART = 2000;

  private final SharedRows rows;

  public Anchors(SharedRows rows) {
    this.rows = rows;
  }

  /** Number of the newest; 0 before the first. */
  public long newest() {
    return number("newest");
  }

  /** The newest; whoever wrote it may not have got to say so. */
  @Nullable
  Anchor newestFound() {
    Anchor newest = find(newest()).orElse(null);
    Optional<Anchor> next = find(newest == null ? 1 : newest.number() + 1);
    next.ifPresent(anchor -> advance("newest", anchor.number()));
    return next.orElse(newest);
  }

  /** Up to this one, the lists of heads are gone. */
  public long cleared() {
    return number("cleared");
  }

  public Optional<Anchor> find(long number) {
    return rows.find(key(number)).map(row -> Anchor.parse(row.value()));
  }

  /** Its list of heads as it stands; what is missing is left out. */
  public List<String> lines(Anchor anchor) {
    List<String> lines = new ArrayList<>();
    for (int part = 0; part < anchor.parts(); part++) {
      rows.find(part(anchor, part)).ifPresent(row -> lines.addAll(texts(row)));
    }
    return lines;
  }

  /** An execution that the next anchor must look at, although it is neither new nor open; say so before it changes. */
  public void note(ExecutionId id) {
    put(next(id), "{}");
  }

  List<SharedRow> noted(int limit) {
    return rows.under("anchor-next:", limit);
  }

  static ExecutionId noted(SharedRow row) {
    return new ExecutionId(row.key().substring("anchor-next:".length()));
  }

  void forget(SharedRow row) {
    rows.remove(row.key(), row.stamp());
  }

  /** Writes an anchor; the one that stands where somebody else was faster. */
  Anchor add(Anchor anchor, List<String> lines) {
    for (int part = 0; part < anchor.parts(); part++) {
      ArrayNode list = JSON.createArrayNode();
      lines.subList(part * PART, Math.min(lines.size(), (part + 1) * PART)).forEach(list::add);
      put(part(anchor, part), list.toString());
    }
    SharedRow row =
        new SharedRow(key(anchor.number()), UUID.randomUUID().toString(), anchor.text());
    Saved saved = rows.put(row, SharedRows.ABSENT);
    Anchor standing = saved == Saved.DONE ? anchor : find(anchor.number()).orElse(anchor);
    advance("newest", anchor.number());
    return standing;
  }

  void clear(Anchor anchor) {
    for (int part = 0; part < anchor.parts(); part++) {
      String key = part(anchor, part);
      rows.find(key).ifPresent(row -> rows.remove(key, row.stamp()));
    }
    advance("cleared", anchor.number());
  }

  private long number(String field) {
    return rows.find(NEWEST).map(row -> json(row).path(field).asLong()).orElse(0L);
  }

  private void advance(String field, long number) {
    Optional<SharedRow> row = rows.find(NEWEST);
    ObjectNode json = row.map(r -> (ObjectNode) json(r)).orElseGet(JSON::createObjectNode);
    if (json.path(field).asLong() < number) {
      json.put(field, number);
      String expected = row.map(SharedRow::stamp).orElse(SharedRows.ABSENT);
      // a conflict means that somebody else did the same, or that the next turn does it
      rows.put(new SharedRow(NEWEST, UUID.randomUUID().toString(), json.toString()), expected);
    }
  }

  /** Whatever stands there is replaced. */
  private void put(String key, String value) {
    StoreException lost = null;
    for (int attempt = 0; attempt < 20; attempt++) {
      String expected = rows.find(key).map(SharedRow::stamp).orElse(SharedRows.ABSENT);
      try {
        if (rows.put(new SharedRow(key, UUID.randomUUID().toString(), value), expected)
            == Saved.DONE) {
          return;
        }
      } catch (StoreException again) {
        lost = again;
      }
    }
    throw lost == null
        ? new EngineException(key + ": too much is being written to it, the next sweep tries again")
        : lost;
  }

  private static List<String> texts(SharedRow row) {
    List<String> texts = new ArrayList<>();
    json(row).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static JsonNode json(SharedRow row) {
    try {
      return JSON.readTree(row.value());
    } catch (JsonProcessingException e) {
      throw new EngineException("shared row " + row.key() + " is no JSON", e);
    }
  }

  private static String key(long number) {
    return String.format("anchor:%08d", number);
  }

  /** Named by the list's hash, too, so that two that write one anchor at a time do not mix their lists. */
  private static String part(Anchor anchor, int part) {
    String hash = anchor.heads().substring(0, 16);
    return String.format("anchor-heads:%08d:%s:%04d", anchor.number(), hash, part);
  }

  private static String next(ExecutionId id) {
    return "anchor-next:" + id;
  }
}
