package chatops.engine.jq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JqLimitsTest {
  private static final Jq JQ = new Jq(Duration.ofMillis(300));

  @ParameterizedTest
  @Timeout(120)
  @ValueSource(
      strings = {
        "last(range(1000000000000))",
        "[range(1000000000)]",
        "def f: 1 | f; f",
        "def f: f, f; f",
        "[limit(1000000000; repeat(1))] | length",
        "reduce range(60) as $i (\"x\"; . + .)",
        "reduce range(60) as $i ([1]; . + .)",
        "reduce range(60) as $i (1; [., .])",
        "reduce range(60) as $i ({}; {a: ., b: .}) | tojson",
        "\"x\" * 1000000000",
        "[.[1000000000] = 1] | length",
        "[setpath([1000000000]; 1)] | length",
        "[range(100000)] as $l | $l | map($l) | map(map(. + 1))",
        "[range(300)] as $a | $a[] as $x | $a[] as $y | $a[] as $z | $x * $y * $z",
        "until(false; .)",
        "[range(200000)] | map(tostring * 100)",
        "(\"a\" * 2000) + \"b\" | test(\"(a+)+$\")",
        "(\"a\" * 40) + \"b\" | [match(\"(a|aa)+$\"; \"g\")]",
        "(\"a\" * 2000) + \"b\" | gsub(\"(a|aa)+$\"; \"x\")",
      })
  void a_program_that_never_ends_or_never_fits_is_stopped(String text) {
    Program program = JQ.script(text);
    long start = System.nanoTime();

    assertThatThrownBy(() -> program.run(NullNode.getInstance(), Map.of()))
        .isInstanceOf(JqException.class);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void what_templates_do_is_far_from_the_limits() {
    Program program = new Jq()
        .script(
            "[range(10000) | {id: \"i-\\(.)\", n: .}] | map(select(.n % 2 == 0)) | map(.id) | sort | length");

    assertThat(program.run(NullNode.getInstance(), Map.of()))
        .map(JsonNode::intValue)
        .isEqualTo(List.of(5_000));
  }

  @Test
  void more_than_a_megabyte_of_output_is_refused() {
    Program program = new Jq().script(".,.,.");

    assertThatThrownBy(() -> program.run(TextNode.valueOf("x".repeat(400_000)), Map.of()))
        .hasMessageContaining("1 MB");
  }

  @Test
  void the_environment_is_not_visible() {
    assertThat(new Jq().script("env").run(NullNode.getInstance(), Map.of()))
        .singleElement()
        .asString()
        .isEqualTo("{}");
    assertThat(new Jq().script("$ENV").run(NullNode.getInstance(), Map.of()))
        .singleElement()
        .asString()
        .isEqualTo("{}");
    assertThat(new Jq().script("$ENV.PATH").run(NullNode.getInstance(), Map.of()))
        .singleElement()
        .asString()
        .isEqualTo("null");
  }

  @Test
  void a_limit_cannot_be_caught_by_the_program() {
    assertThatThrownBy(() -> JQ.script("try last(range(1000000000000)) catch 1")
            .run(NullNode.getInstance(), Map.of()))
        .isInstanceOf(JqException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nosuch(1)", ".a | nosuch", ".a | length(1)", ".[", "if . then 1", "\"open", "§"})
  void what_is_no_program_is_refused_when_it_is_compiled(String text) {
    assertThatThrownBy(() -> JQ.script(text))
        .isInstanceOf(JqException.class)
        .hasMessageContaining("not a jq program");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def f(x): x + 1; f(.)",
        "def f($x): $x + 1; f(1)",
        "map(. as [$a, {b: $c}] | $a)",
        "@base64 \"x\\(.)\"",
        "first(range(3))",
        "[splits(\", \")]",
        "try error(\"x\") catch .",
        "[limit(3; repeat(1))] | IN([1, 1, 1])",
      })
  void what_is_a_program_compiles(String text) {
    assertThat(JQ.script(text)).isNotNull();
  }
}
