package chatops.execution.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EncodingTableTest {
  private static final Path FILE =
      Path.of("src/main/resources/chatops/execution/aliyun/api-encoding.json");

  private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** After a new SDK version: run this test once with {@code -Dchatops.rewrite=true}. */
  @Test
  void ecs_names_are_those_the_official_sdk_sends() throws IOException {
    Map<String, String> sdk = SdkNames.ecs();
    ObjectNode table = (ObjectNode) json.readTree(FILE.toFile());
    if (Boolean.getBoolean("chatops.rewrite")) {
      table.set("ecs", json.createArrayNode().add(group(sdk)));
      Files.writeString(FILE, json.writeValueAsString(table) + "\n");
    }

    Map<String, String> ours = new TreeMap<>();
    for (Map.Entry<String, JsonNode> api : table.at("/ecs/0/apis").properties()) {
      ours.put(api.getKey(), api.getValue().textValue());
    }

    assertThat(sdk).hasSizeGreaterThan(300);
    assertThat(ours).isEqualTo(sdk);
  }

  @Test
  void every_group_names_its_source() throws IOException {
    for (JsonNode service : json.readTree(FILE.toFile())) {
      for (JsonNode group : service) {
        assertThat(group.path("source").asText()).isNotEmpty();
        assertThat(group.path("apis").size()).isPositive();
      }
    }
  }

  private ObjectNode group(Map<String, String> apis) {
    ObjectNode group = json.createObjectNode();
    group.put(
        "source",
        "aliyun-java-sdk-ecs 5.11.7: what each setter of each typed request class puts on the wire");
    ObjectNode names = group.putObject("apis");
    apis.forEach(names::put);
    return group;
  }
}
