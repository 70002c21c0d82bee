package chatops.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chatops.local.host.ProductFunction;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code s.yaml} against our own rules, always, and against the schema of component fc3 where it is at hand. */
class DeploymentTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @BeforeAll
  static void tell_what_is_skipped() {
    if (System.getenv().getOrDefault("CHATOPS_FC3_SCHEMA", "").isEmpty()) {
      System.out.println(
          "skipped: s.yaml against the schema of component fc3 (CHATOPS_FC3_SCHEMA is not set)");
    }
  }

  @Test
  void s_yaml_breaks_no_rule() {
    assertThat(new DeploymentRules().violations(Deployment.ofRepository())).isEmpty();
  }

  @Test
  void the_simulated_front_serves_as_many_requests_at_once() {
    JsonNode props = Deployment.ofRepository().props(ProductFunction.FRONT.id());

    assertThat(ProductFunction.FRONT.mostAtOnce())
        .isEqualTo(props.at("/concurrencyConfig/reservedConcurrency").asInt()
            * props.path("instanceConcurrency").asInt());
  }

  record Planted(JsonNode row) {
    @Override
    public String toString() {
      return row.path("says").asText();
    }
  }

  static Stream<Planted> planted() throws IOException {
    try (var in = Objects.requireNonNull(
        DeploymentTest.class.getResourceAsStream("/cases/s-yaml-violations.yaml"))) {
      JsonNode rows =
          JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromInputStream(in));
      return rows.valueStream().map(Planted::new).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("planted")
  void a_planted_violation_is_found_by_its_rule(Planted planted) {
    ObjectNode tree = Deployment.ofRepository().written();
    change(tree, planted.row().path("at").asText(), planted.row().get("put"));

    List<String> violations = new DeploymentRules().violations(Deployment.of(tree));

    assertThat(violations).anyMatch(violation -> violation.startsWith(planted.toString()));
  }

  @Test
  void every_rule_has_a_planted_violation() throws IOException {
    Set<String> rules = new DeploymentRules().names();
    assertThat(planted().map(planted -> planted.toString().replaceFirst(":.*", "")))
        .containsAll(rules);
  }

  @ParameterizedTest
  @CsvSource({
    "front, /runtime, \"java17\"",
    "front, /region, \"${vars.region}\"",
    "execution, /timeout, 86401",
    "execution, /memorySize, 1000",
    "execution, /asyncInvokeConfig/maxAsyncRetryAttempts, 9",
    "front, /environmentVariables/CHATOPS_CONCURRENCY, 20",
    "front, /triggers/0/triggerType, \"https\"",
  })
  void the_schema_finds_what_it_knows_to_find(String function, String at, String put)
      throws Exception {
    JsonSchema schema = schema("");
    ObjectNode props = Deployment.ofRepository().props(function).deepCopy();
    assertThat(schema.validate(props)).isEmpty();

    change(props, at, JSON.readTree(put));

    assertThat(schema.validate(props)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "front, 0, IHttpTriggerConfig, authType",
    "execution, 0, ITimerTriggerConfig, cronExpression",
    "execution, 1, IMnsTriggerConfig, notifyStrategy",
    "execution, 2, IEventBridge, eventRuleFilterPattern"
  })
  void each_trigger_satisfies_the_definition_of_its_own_type(
      String function, int index, String definition, String required) throws IOException {
    JsonSchema schema = schema("#/definitions/" + definition);
    ObjectNode config = (ObjectNode)
        Deployment.ofRepository().props(function).at("/triggers/" + index + "/triggerConfig");
    assertThat(schema.validate(config)).isEmpty();

    config.remove(required);

    assertThat(schema.validate(config))
        .extracting(ValidationMessage::getMessage)
        .anyMatch(m -> m.contains(required));
  }

  /** The schema the component ships is not ours to copy: it is read where {@code CHATOPS_FC3_SCHEMA} names it. */
  private static JsonSchema schema(String reference) throws IOException {
    String file = System.getenv().getOrDefault("CHATOPS_FC3_SCHEMA", "");
    assumeTrue(!file.isEmpty());
    JsonNode schema = JSON.readTree(Files.readString(Path.of(file)));
    if (!reference.isEmpty()) {
      ObjectNode part = JSON.createObjectNode();
      part.put("$schema", schema.path("$schema").asText());
      part.set("definitions", schema.path("definitions"));
      part.putArray("allOf").addObject().put("$ref", reference);
      schema = part;
    }
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
  }

  @Test
  void rendering_keeps_the_type_of_a_lone_expression() throws Exception {
    ObjectNode tree = (ObjectNode) JSON.readTree("""
        {"vars": {"n": 20, "region": "${env('R', 'cn-hangzhou')}", "arn": "acs:${vars.region}"},
         "a": "${vars.n}", "b": "x${vars.n}", "c": "${vars.arn}:${config('AccountID')}", "d": "${env('S')}", "e": "${vars.x}"}
        """);

    assertThat(JSON.convertValue(Deployment.of(tree).rendered(), Map.class))
        .containsEntry("a", 20)
        .containsEntry("b", "x20")
        .containsEntry("c", "acs:cn-hangzhou:1234567890123456")
        .containsEntry("d", "value-of-S")
        .containsEntry("e", "${vars.x}");
    assertThatCode(() -> Deployment.of(JSON.createObjectNode())).doesNotThrowAnyException();
  }

  private static void change(
      ObjectNode tree, String at, @org.jspecify.annotations.Nullable JsonNode put) {
    JsonPointer place = JsonPointer.compile(at);
    JsonNode parent = tree.at(place.head());
    String last = place.last().getMatchingProperty();
    if (parent instanceof ArrayNode list) {
      list.set(Integer.parseInt(last), put);
    } else if (put == null) {
      assertThat(((ObjectNode) parent).remove(last))
          .as("nothing to remove at " + at)
          .isNotNull();
    } else {
      ((ObjectNode) parent).set(last, put);
    }
  }
}
