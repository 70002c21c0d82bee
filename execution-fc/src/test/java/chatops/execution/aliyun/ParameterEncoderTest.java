package chatops.execution.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyuncs.RpcAcsRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ParameterEncoderTest {
  private final ObjectMapper json = new ObjectMapper();
  private final ParameterEncoder encoder = new ParameterEncoder();

  @TestFactory
  Stream<DynamicTest> a_parameter_is_sent_as_its_case_says() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("encoding-cases.json")) {
      List<JsonNode> cases = new ArrayList<>();
      json.readTree(in).forEach(cases::add);
      return cases.stream()
          .map(row -> DynamicTest.dynamicTest(row.get("name").asText(), () -> check(row)));
    }
  }

  private void check(JsonNode row) {
    Map<String, String> expected = new TreeMap<>();
    row.get("wire")
        .properties()
        .forEach(field -> expected.put(field.getKey(), field.getValue().asText()));

    Map<String, String> wire = encoder.encode(
        row.get("service").asText(), row.get("api").asText(), (ObjectNode) row.get("parameters"));

    assertThat(wire).isEqualTo(expected);
  }

  /** A template names parameters as the SDK's setters do; what we send must be what the SDK would send. */
  @Test
  void every_setter_of_every_ecs_request_is_sent_as_the_official_sdk_sends_it() {
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (String api : SdkNames.ecs().keySet()) {
      Class<?> type = SdkNames.type(api);
      for (Method setter : SdkNames.setters(type)) {
        RpcAcsRequest<?> request = SdkNames.request(type);
        Map<String, String> standing = SdkNames.wire(request);
        SdkNames.invoke(setter, request, SdkNames.probe(setter.getGenericParameterTypes()[0]));
        Map<String, String> theirs = SdkNames.wire(request);
        theirs.keySet().removeAll(standing.keySet());
        ObjectNode parameters = json.createObjectNode();
        String name = setter.getName().substring(3);
        parameters.set(name, SdkNames.probeJson(setter.getGenericParameterTypes()[0]));

        Map<String, String> ours = encoder.encode("ecs", api, parameters);

        compared++;
        if (!meaning(ours).equals(meaning(theirs))) {
          differences.add(api + "." + name + ": ours " + ours + ", the SDK's " + theirs);
        }
      }
    }
    assertThat(compared).isGreaterThan(3000);
    assertThat(differences).isEmpty();
  }

  /** Fields of a JSON text have no order. */
  private Map<String, Object> meaning(Map<String, String> wire) {
    Map<String, Object> result = new TreeMap<>(wire);
    result.replaceAll(
        (name, value) -> value.toString().startsWith("{") ? tree(value.toString()) : value);
    return result;
  }

  private JsonNode tree(String text) {
    try {
      return json.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
