package chatops.engine.audit;

import chatops.engine.execution.Trail;
import chatops.engine.id.ExecutionId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One execution's audit trail as it was read and checked.
 *
 * @param links oldest first; what stands before a gap is left out
 * @param broken the first record that is not as it was written; null when all are
 */
public record Chain(
    ExecutionId execution, List<Link> links, @Nullable Broken broken) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One record. @param hash of its text, computed anew */
  public record Link(long number, String hash, String text) {
    static Link of(long number, String text) {
      return new Link(number, Trail.hash(text), text);
    }

    /** The record's fields; one field {@code text} when it is no JSON any more. */
    public ObjectNode fields() {
      try {
        if (JSON.readTree(text) instanceof ObjectNode object) {
          return object;
        }
      } catch (JsonProcessingException broken) {
        // told as it is
      }
      return JsonNodeFactory.instance.objectNode().put("text", text);
    }

    String previous() {
      return fields().path("prev").asText();
    }
  }

  /** @param record its number; one more than there are when records are missing at the end */
  public record Broken(long record, String why) {}

  public Chain {
    links = List.copyOf(links);
  }

  /** The same, unless an earlier record is broken already. */
  Chain broken(long record, String why) {
    Broken known = broken;
    return known != null && known.record() <= record
        ? this
        : new Chain(execution, links, new Broken(record, why));
  }

  /** Whether a record of this number and hash is in it. */
  boolean has(long number, String hash) {
    return links.stream()
        .anyMatch(link -> link.number() == number && link.hash().equals(hash));
  }
}
