package chatops.engine.effect;

import chatops.engine.cloud.ApiRequest;
import chatops.engine.jq.Jq;
import chatops.engine.jq.JqException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A declared read that tells what became of a call. Its programs are jq; they see {@code parameters} (names
 * in small letters) and {@code regionId} of the call, {@code origin} (facts of the host about the execution), {@code from} and {@code to} (UTC, the time it was sent, widened by how far clocks may differ) and, but for the first
 * program, {@code answer} of the read.
 *
 * @param codes refusals of the call after which the resource is looked at
 * @param service service and API of the read
 * @param parameters its parameters, as a map
 * @param verdict {@code happened}, {@code absent}, {@code wait}, or anything else for unknown; words after the first are for people
 * @param reply what the call would have answered, as far as it can be told; empty for nothing
 */
public record Reading(
    List<String> codes,
    String service,
    String api,
    String parameters,
    String verdict,
    String reply,
    Jq jq) {

  /** What the resource tells about a call. */
  public enum Verdict {
    /** It is as the call wants it. */
    HAPPENED,
    /** It is not; nothing of the call is to be seen. */
    ABSENT,
    /** It is between two states: look again. */
    WAIT,
    UNKNOWN
  }

  /**
   * @param words of the verdict, for people
   * @param reply stands for the call's own answer
   */
  public record Seen(Verdict verdict, String words, ObjectNode reply) {
    /** What follows the verdict's word, else all. */
    public String forPeople() {
      int comma = words.indexOf(", ");
      return comma < 0 ? words : words.substring(comma + 2);
    }
  }

  public Reading {
    codes = List.copyOf(codes);
  }

  /** The read for this call; empty when it cannot be asked for it. */
  public Optional<ApiRequest> request(
      ApiRequest call, Map<String, String> origin, Instant sentAt, Duration skew) {
    JsonNode given = first(parameters, input(call, origin, sentAt, skew, null));
    if (!(given instanceof ObjectNode map)) {
      return Optional.empty();
    }
    String region = map.path("RegionId").asText(call.regionId());
    map.put("RegionId", region);
    return Optional.of(new ApiRequest(service, api, region, map, null));
  }

  /** Reads an answer. */
  public Seen seen(
      ApiRequest call, Map<String, String> origin, Instant sentAt, Duration skew, JsonNode answer) {
    ObjectNode input = input(call, origin, sentAt, skew, answer);
    JsonNode said = first(verdict, input);
    String words = said == null ? "" : said.asText("");
    Verdict found = switch (words.split("[^a-z]", 2)[0]) {
      case "happened" -> Verdict.HAPPENED;
      case "absent" -> Verdict.ABSENT;
      case "wait" -> Verdict.WAIT;
      default -> Verdict.UNKNOWN;
    };
    JsonNode stands = reply.isEmpty() ? null : first(reply, input);
    return new Seen(
        found,
        words,
        stands instanceof ObjectNode map ? map : JsonNodeFactory.instance.objectNode());
  }

  private @Nullable JsonNode first(String program, JsonNode input) {
    try {
      List<JsonNode> results = jq.script(program).run(input, Map.of());
      return results.isEmpty() ? null : results.get(0);
    } catch (JqException unexpected) {
      // an answer of another shape tells nothing
      return null;
    }
  }

  private static ObjectNode input(
      ApiRequest call,
      Map<String, String> origin,
      Instant sentAt,
      Duration skew,
      @Nullable JsonNode answer) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    // templates write names in any letter case
    ObjectNode parameters = input.putObject("parameters");
    call.parameters()
        .properties()
        .forEach(e -> parameters.set(e.getKey().toLowerCase(Locale.ROOT), e.getValue()));
    input.put("regionId", call.regionId());
    ObjectNode facts = input.putObject("origin");
    origin.forEach(facts::put);
    input.put("from", sentAt.minus(skew).truncatedTo(ChronoUnit.SECONDS).toString());
    input.put("to", sentAt.plus(skew).truncatedTo(ChronoUnit.SECONDS).toString());
    if (answer != null) {
      input.set("answer", answer);
    }
    return input;
  }
}
