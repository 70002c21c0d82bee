package chatops.engine.effect;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.cloud.ApiRequest;
import chatops.engine.testkit.Cases;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class EffectCatalogTest {
  private static final Instant SENT = Instant.parse("2026-03-01T08:00:30Z");
  private static final Duration SKEW = Duration.ofSeconds(5);
  private static final Path READINGS = Path.of("src/test/resources/effect/readings.yaml");

  private final EffectCatalog catalog = EffectCatalog.shipped();

  @Test
  void every_entry_says_where_its_class_comes_from() {
    for (Effect effect : catalog.all()) {
      assertThat(effect.source()).as(effect.api()).hasSizeGreaterThan(20);
      if (effect.effectClass() == EffectClass.DESIRED_STATE) {
        assertThat(effect.source())
            .as("the reason why %s converges", effect.api())
            .containsPattern(
                "shall|names|from \\w+ to|whole configuration|finds none|replaces the first");
      }
    }
  }

  @Test
  void only_calls_that_change_something_are_read_after() {
    for (Effect effect : catalog.all()) {
      if (effect.reading() != null) {
        assertThat(effect.effectClass()).as(effect.api()).isNotEqualTo(EffectClass.READ);
        assertThat(effect.query()).as(effect.api()).isNotEmpty();
        Effect read =
            catalog.effect(effect.reading().service(), effect.reading().api(), "");
        assertThat(read.effectClass()).as(effect.query()).isEqualTo(EffectClass.READ);
      }
    }
  }

  @Test
  void an_api_nobody_listed_is_a_read_by_its_name_or_else_never_repeated() {
    assertThat(catalog.effect("ecs", "DescribeWhatever", "").effectClass())
        .isEqualTo(EffectClass.READ);
    assertThat(catalog.effect("ecs", "Listen", "").effectClass()).isEqualTo(EffectClass.ONCE);
    assertThat(catalog.effect("ecs", "FormatDisk", "").effectClass()).isEqualTo(EffectClass.ONCE);
    assertThat(catalog.effect("cs", "Anything", "GET").effectClass()).isEqualTo(EffectClass.READ);
    assertThat(catalog.effect("cs", "Anything", "PUT").effectClass()).isEqualTo(EffectClass.ONCE);
    assertThat(catalog.effect("ecs", "runinstances", "").effectClass())
        .isEqualTo(EffectClass.TOKEN);
  }

  @TestFactory
  Stream<DynamicTest> what_a_resource_tells_about_a_call() throws IOException {
    List<JsonNode> rows = Cases.rows(READINGS);
    Set<String> covered = new TreeSet<>();
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode row : rows) {
      covered.add(row.path("api").asText());
      String name = row.path("api").asText() + ": " + row.path("name").asText();
      tests.add(DynamicTest.dynamicTest(name, () -> check(row)));
    }
    tests.add(DynamicTest.dynamicTest(
        "every declared reading has a case",
        () -> assertThat(covered)
            .containsAll(catalog.all().stream()
                .filter(effect -> effect.reading() != null)
                .map(Effect::api)
                .toList())));
    return tests.stream();
  }

  private void check(JsonNode row) {
    String[] name = row.path("api").asText().split("\\.");
    Reading reading = catalog.effect(name[0], name[1], "").reading();
    assertThat(reading).isNotNull();
    ApiRequest call =
        new ApiRequest(name[0], name[1], "cn-hangzhou", (ObjectNode) row.path("parameters"), null);
    Map<String, String> origin = new HashMap<>();
    row.path("origin")
        .properties()
        .forEach(e -> origin.put(e.getKey(), e.getValue().asText()));
    if (row.has("asks")) {
      Optional<ApiRequest> read = reading.request(call, origin, SENT, SKEW);
      assertThat(read.map(r -> (JsonNode) r.parameters()))
          .isEqualTo(row.path("asks").isNull() ? Optional.empty() : Optional.of(row.path("asks")));
    }
    if (row.has("answer")) {
      Reading.Seen seen = reading.seen(call, origin, SENT, SKEW, row.path("answer"));
      assertThat(seen.verdict().name())
          .as(seen.words())
          .isEqualToIgnoringCase(row.path("verdict").asText());
      if (row.has("reply")) {
        assertThat(seen.reply()).isEqualTo(row.path("reply"));
      }
    }
  }
}
