package chatops.chat.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void every_kind_of_value_is_read() {
    Object value =
        JsonReader.read(" {\"a\":[1,-2.50,1e2,true,false,null,\"x\\u00e9\\n😀\"],\"b\":{}} ");

    List<@Nullable Object> items = new ArrayList<>(Arrays.asList(
        1L, new BigDecimal("-2.50"), new BigDecimal("1e2"), true, false, null, "xé\n😀"));
    assertThat(value).isEqualTo(Map.of("a", items, "b", Map.of()));
  }

  @Test
  void whole_numbers_are_longs_where_they_fit() {
    assertThat(JsonReader.read("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(JsonReader.read("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(JsonReader.read("9223372036854775808"))
        .isEqualTo(new BigDecimal("9223372036854775808"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "01",
        "-",
        "-a",
        "+1",
        "1.",
        ".5",
        "1e",
        "1e+",
        "0x10",
        "1e1000",
        "tru",
        "nul",
        "True",
        "NaN",
        "Infinity",
        "\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\n\"",
        "\"\t\"",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800x\"",
        "1 2",
        "{}{}",
        "[1]]",
        "// c",
        "{\"a\":1,\"a\":2}",
        "\u00a01",
        "\ufeff1"
      })
  void what_is_no_json_is_refused_with_its_position(String text) {
    assertThatThrownBy(() -> JsonReader.read(text))
        .isInstanceOf(JsonException.class)
        .hasMessageMatching("JSON \\d+:\\d+: found .*, expected .*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a':1,'a':2} | JSON 1:8: found a key that this object already has, expected each key once",
        "[1;2] | JSON 1:3: found ';', expected ','",
        "[x] | JSON 1:2: found 'x', expected a value",
      })
  void the_position_is_that_of_the_mistake(String text, String message) {
    assertThatThrownBy(() -> JsonReader.read(text.replace('\'', '"'))).hasMessage(message);
  }

  @Test
  void lines_are_counted() {
    assertThatThrownBy(() -> JsonReader.read("{\n \"a\": 1,\n \"b\" 2}"))
        .hasMessageStartingWith("JSON 3:6:");
  }

  @Test
  void depth_length_and_numbers_have_limits() {
    assertThat(JsonReader.read("[".repeat(64) + "]".repeat(64))).isNotNull();
    assertThatThrownBy(() -> JsonReader.read("[".repeat(65) + "]".repeat(65)))
        .hasMessageContaining("64 levels");
    assertThatThrownBy(() -> JsonReader.read("[".repeat(1_000_000)))
        .isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> JsonReader.read("[1,2,3]", new JsonReader.Limits(4, 6)))
        .hasMessageContaining("at most 6");
    assertThatThrownBy(() -> JsonReader.read("1".repeat(65))).hasMessageContaining("at most 64");
  }

  @Test
  void many_siblings_are_not_depth() {
    assertThat((List<?>) JsonReader.read("[" + "[],".repeat(1000) + "{}]")).hasSize(1001);
  }

  @Test
  void bytes_that_are_not_utf8_are_refused() {
    assertThatThrownBy(() -> JsonReader.read(new byte[] {'"', (byte) 0xff, '"'}))
        .hasMessageContaining("UTF-8");
  }

  @Test
  void what_is_written_reads_as_the_same() {
    Random random = new Random(20261120);
    for (int i = 0; i < 5000; i++) {
      Object value = value(random, 0);
      assertThat(JsonReader.read(JsonWriter.bytes(value))).isEqualTo(value);
    }
  }

  @Test
  void any_damage_is_read_or_refused_and_never_breaks_the_reader() {
    Random random = new Random(7);
    String good = "{\"a\":[1,-2.5e3,true,null,\"x\\u00e9\\n\"],\"b\":{\"c\":\"😀\"}}";
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder(good);
      for (int j = random.nextInt(3); j >= 0; j--) {
        text.setCharAt(
            random.nextInt(text.length()),
            "{}[]\",:\\u0eE+-.tfn \n\ud83d".charAt(random.nextInt(21)));
      }
      try {
        JsonReader.read(text.toString());
      } catch (JsonException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(30_000, 49_999);
  }

  @Test
  void written_text_can_sit_in_a_page() {
    assertThat(JsonWriter.write(List.of("</script>&\u2028\ud800")))
        .isEqualTo("[\"\\u003c/script\\u003e\\u0026\\u2028\\ud800\"]");
  }

  @Test
  void a_value_within_itself_and_a_foreign_value_are_refused() {
    List<Object> self = new ArrayList<>();
    self.add(self);
    assertThatThrownBy(() -> JsonWriter.write(self)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JsonWriter.write(new Object()))
        .hasMessageContaining("java.lang.Object");
    assertThatThrownBy(() -> JsonWriter.write(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_missing_or_mistyped_member_is_named_with_its_path() {
    JsonObject json =
        JsonReader.object("{\"a\":{\"b\":[{\"c\":1}]}}".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> json.object("a").objects("b").get(0).text("c"))
        .hasMessage("a.b[0].c is a number; expected a string");
    assertThatThrownBy(() -> json.object("a").text("x"))
        .hasMessage("a.x is missing; expected a string");
    assertThatThrownBy(() -> json.texts("a")).hasMessage("a is an object; expected a list");
  }

  private static @Nullable Object value(Random random, int depth) {
    switch (random.nextInt(depth > 3 ? 5 : 7)) {
      case 0:
        return random.nextLong();
      case 1:
        return BigDecimal.valueOf(random.nextInt(), 1 + random.nextInt(5));
      case 2:
        return random.nextBoolean();
      case 3:
        return null;
      case 4:
        return text(random);
      case 5:
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(value(random, depth + 1));
        }
        return items;
      default:
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          members.put(text(random), value(random, depth + 1));
        }
        return members;
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      int code = random.nextInt(random.nextBoolean() ? 128 : 0x11000);
      text.appendCodePoint(code >= 0xd800 && code < 0xe000 ? '?' : code);
    }
    return text.toString();
  }
}
