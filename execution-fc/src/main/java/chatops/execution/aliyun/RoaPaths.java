package chatops.execution.aliyun;

import chatops.engine.cloud.ApiRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * Verb and path of ROA operations that templates name without them, from {@code roa-paths.json}, where each service says its
 * source. Thread-safe.
 */
final class RoaPaths {
  private final JsonNode table = read();

  /** Empty when the table does not know the operation. */
  Optional<ApiRequest.Roa> of(String service, String api) {
    for (Map.Entry<String, JsonNode> known :
        table.path(service).path("operations").properties()) {
      if (known.getKey().equalsIgnoreCase(api)) {
        String[] parts = known.getValue().textValue().split(" ", 2);
        return Optional.of(
            new ApiRequest.Roa(parts[0], parts[1], JsonNodeFactory.instance.objectNode(), null));
      }
    }
    return Optional.empty();
  }

  private static JsonNode read() {
    try (InputStream in = RoaPaths.class.getResourceAsStream("roa-paths.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
