package chatops.cloudsim.ess;

import chatops.cloudsim.cloud.Parameters;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;

/** Lists by page number, as Auto Scaling pages most of its lists: {@code Things.Thing[]}, 10 a page, at most 50. */
final class Paged {
  private Paged() {}

  static <T> ObjectNode of(
      Parameters parameters,
      String many,
      String one,
      List<T> found,
      Function<T, ObjectNode> shown) {
    int page = parameters.number("PageNumber", 1, 1, 1_000_000);
    int size = parameters.number("PageSize", 10, 1, 50);
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    reply.put("TotalCount", found.size()).put("PageNumber", page).put("PageSize", size);
    ArrayNode items = reply.putObject(many).putArray(one);
    found.stream().skip((page - 1L) * size).limit(size).map(shown).forEach(items::add);
    return reply;
  }

  /** Whether a repeat list names it; an empty list names everything. */
  static boolean names(List<String> list, String value) {
    return list.isEmpty() || list.contains(value);
  }

  /** {@code 2026-03-01T08:15Z}: Auto Scaling tells times by the minute. */
  static String time(java.time.Instant instant) {
    return java.time.format.DateTimeFormatter.ofPattern(
            "uuuu-MM-dd'T'HH:mm'Z'", java.util.Locale.ROOT)
        .withZone(java.time.ZoneOffset.UTC)
        .format(instant);
  }
}
