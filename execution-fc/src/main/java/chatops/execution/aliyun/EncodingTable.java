package chatops.execution.aliyun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Parameter names of known APIs, from {@code api-encoding.json}: service, then API, then names as {@link WireName} reads
 * them, each group with the source it was read from. An unknown API has an empty tree, and the general rules of
 * {@link ParameterEncoder} hold. Thread-safe.
 */
final class EncodingTable {
  private static final WireName NOTHING_KNOWN = WireName.parse("");

  private final Map<String, String> patterns = new HashMap<>();
  private final Map<String, WireName> parsed = new ConcurrentHashMap<>();

  EncodingTable() {
    for (Map.Entry<String, JsonNode> service : read().properties()) {
      for (JsonNode group : service.getValue()) {
        for (Map.Entry<String, JsonNode> api : group.path("apis").properties()) {
          patterns.put(key(service.getKey(), api.getKey()), api.getValue().textValue());
        }
      }
    }
  }

  WireName names(String service, String api) {
    String key = key(service, api);
    String known = patterns.get(key);
    return known == null ? NOTHING_KNOWN : parsed.computeIfAbsent(key, k -> WireName.parse(known));
  }

  private static String key(String service, String api) {
    return service.toLowerCase(Locale.ROOT) + ":" + api.toLowerCase(Locale.ROOT);
  }

  private static JsonNode read() {
    try (InputStream in = EncodingTable.class.getResourceAsStream("api-encoding.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
