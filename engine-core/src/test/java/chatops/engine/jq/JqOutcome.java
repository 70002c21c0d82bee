package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a program came to on one document.
 *
 * @param results null when it failed
 * @param message why it failed, in the words of who ran it; empty when it did not
 */
public record JqOutcome(@Nullable List<JsonNode> results, String message) {
  private static final Pattern NEGATIVE_ZERO = Pattern.compile("-+0(?![0-9.])");

  /** The program does not compile. */
  public static final JqOutcome REFUSED = new JqOutcome(null, "does not compile");

  static JqOutcome of(List<JsonNode> results) {
    return new JqOutcome(results, "");
  }

  static JqOutcome failed(String message) {
    return new JqOutcome(null, message);
  }

  /** What {@code run} comes to. */
  public static JqOutcome of(Supplier<List<JsonNode>> run) {
    try {
      return of(run.get());
    } catch (RuntimeException failed) {
      return failed(String.valueOf(failed.getMessage()));
    }
  }

  public boolean isRefused() {
    return equals(REFUSED);
  }

  public boolean hasFailed() {
    return results == null;
  }

  /** Whether both failed, or both gave the same values; numbers are compared as the doubles that jq knows. */
  public boolean agrees(JqOutcome other) {
    if (results == null || other.results == null) {
      return results == null && other.results == null;
    }
    return same(results.iterator(), other.results.iterator());
  }

  private static boolean same(Iterator<JsonNode> one, Iterator<JsonNode> other) {
    while (one.hasNext() && other.hasNext()) {
      if (!same(one.next(), other.next())) {
        return false;
      }
    }
    return !one.hasNext() && !other.hasNext();
  }

  private static boolean same(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return a.doubleValue() == b.doubleValue();
    }
    if (a.isArray() && b.isArray()) {
      return same(a.iterator(), b.iterator());
    }
    if (a.isObject() && b.isObject()) {
      boolean same = a.size() == b.size();
      for (Map.Entry<String, JsonNode> field : a.properties()) {
        @Nullable JsonNode theirs = b.get(field.getKey());
        same &= theirs != null && same(field.getValue(), theirs);
      }
      return same;
    }
    return a.isTextual() && b.isTextual()
        ? unsigned(a.textValue()).equals(unsigned(b.textValue()))
        : a.equals(b);
  }

  /** Zero has no sign here, as docs/jq.md says. */
  private static String unsigned(String text) {
    return NEGATIVE_ZERO.matcher(text).replaceAll("0");
  }

  @Override
  public String toString() {
    String whole = results == null ? "failed: " + message : results.toString();
    return whole.length() <= 300 ? whole : whole.substring(0, 300) + "…";
  }
}
