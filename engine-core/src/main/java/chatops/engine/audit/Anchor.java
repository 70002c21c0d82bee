package chatops.engine.audit;

import chatops.engine.EngineException;
import chatops.engine.execution.Trail;
import chatops.engine.id.ExecutionId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;

/**
 * What all audit trails were like at one moment: the hash of a list of their heads. Each anchor names the hash of the one before
 * it, so whoever noted one hash outside the store can prove all that lies before it.
 *
 * @param previous hash of the anchor before; empty for the first
 * @param until executions that were created before this instant are in this anchor or an earlier one
 * @param count how many heads it has
 * @param parts how many rows its list takes
 * @param heads hash of the list: its lines, each closed by a line end
 * @param hash of the anchor's own text
 */
public record Anchor(
    long number,
    String previous,
    Instant at,
    Instant until,
    int count,
    int parts,
    String heads,
    String hash) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How an execution stood. */
  public enum State {
    /** It may go on. */
    OPEN,
    ENDED,
    /** Its rows were deleted, its trail was kept. */
    RETIRED
  }

  /** The head of one execution's trail. */
  public record Head(ExecutionId execution, long count, String hash, State state) {
    String line() {
      return execution + " " + count + " " + hash + " " + state;
    }

    static Head parse(String line) {
      String[] words = line.split(" ", -1);
      try {
        return new Head(
            new ExecutionId(words[0]), Long.parseLong(words[1]), words[2], State.valueOf(words[3]));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new EngineException("an anchor's list of heads has a line that is none: " + line);
      }
    }
  }

  static String hash(List<String> lines) {
    return Trail.hash(String.join("\n", lines) + "\n");
  }

  /** Its text, which is what its hash is of. */
  String text() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("n", number)
        .put("prev", previous)
        .put("at", at.toString())
        .put("until", until.toString())
        .put("count", count)
        .put("parts", parts)
        .put("heads", heads)
        .toString();
  }

  static Anchor of(
      long number, String previous, Instant at, Instant until, List<String> lines, int parts) {
    Anchor without =
        new Anchor(number, previous, at, until, lines.size(), parts, Anchor.hash(lines), "");
    return new Anchor(
        number,
        previous,
        at,
        until,
        lines.size(),
        parts,
        without.heads,
        Trail.hash(without.text()));
  }

  static Anchor parse(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      return new Anchor(
          json.path("n").asLong(),
          json.path("prev").asText(),
          Instant.parse(json.path("at").asText()),
          Instant.parse(json.path("until").asText()),
          json.path("count").asInt(),
          json.path("parts").asInt(),
          json.path("heads").asText(),
          Trail.hash(text));
    } catch (JsonProcessingException | java.time.DateTimeException e) {
      throw new EngineException("an anchor's row is no anchor: " + text, e);
    }
  }
}
