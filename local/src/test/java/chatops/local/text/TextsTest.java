package chatops.local.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.chat.Language;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextsTest {
  private static final Pattern PLACE = Pattern.compile("\\{\\d}");

  @ParameterizedTest
  @EnumSource(Language.class)
  void every_language_has_the_same_keys_with_the_same_places(Language language) {
    Map<String, String> english = Texts.in(Language.EN).under("");
    Map<String, String> other = Texts.in(language).under("");

    assertThat(other.keySet()).isEqualTo(english.keySet());
    other.forEach((key, text) ->
        assertThat(places(text)).as(key).isEqualTo(places(english.getOrDefault(key, ""))));
  }

  @Test
  void arguments_replace_their_places() {
    assertThat(Texts.in(Language.EN).get("demo.expected", "status", 200, 403))
        .isEqualTo("status: expected 200, found 403");
  }

  @Test
  void a_missing_key_is_named() {
    assertThatThrownBy(() -> Texts.in(Language.EN).get("no.such.text"))
        .hasMessageContaining("no.such.text");
  }

  private static TreeSet<String> places(String text) {
    TreeSet<String> found = new TreeSet<>();
    PLACE.matcher(text).results().forEach(match -> found.add(match.group()));
    return found;
  }
}
