package chatops.chat.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.chat.Language;
import chatops.chat.command.Mistake;
import chatops.chat.command.Verbs;
import chatops.chat.rights.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextsTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("chatops.root"), "chat-core/src/main/resources/chatops/chat/text");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");

  static List<String> families() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.endsWith(".en.properties"))
          .map(f -> f.substring(0, f.indexOf('.')))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void every_language_has_every_key_with_the_same_placeholders(String family) throws IOException {
    Map<String, String> english = lines(family, "en");
    for (String language : List.of("zh", "ja")) {
      Map<String, String> other = lines(family, language);
      assertThat(other.keySet()).as(family + "." + language).isEqualTo(english.keySet());
      for (String key : english.keySet()) {
        assertThat(placeholders(other.getOrDefault(key, "")))
            .as(language + " " + key)
            .isEqualTo(placeholders(english.getOrDefault(key, "")));
        assertThat(other.getOrDefault(key, "")).as(language + " " + key).isNotBlank();
      }
    }
  }

  @Test
  void every_mistake_denial_and_verb_has_its_sentence() {
    Texts texts = new Texts();
    List<String> keys = new ArrayList<>();
    for (Mistake.Kind kind : Mistake.Kind.values()) {
      keys.add("front.mistake." + kind.name().toLowerCase(java.util.Locale.ROOT));
    }
    for (Verdict.Reason reason : Verdict.Reason.values()) {
      keys.add("front.denied." + reason.name().toLowerCase(java.util.Locale.ROOT));
    }
    for (Verbs.Verb verb : Verbs.ALL) {
      keys.add("front.help." + verb.family() + "." + verb.name());
    }
    for (Language language : Language.values()) {
      assertThat(keys)
          .allSatisfy(key ->
              assertThat(texts.has(language, key)).as(language + " " + key).isTrue());
    }
  }

  @Test
  void arguments_take_their_places_and_other_braces_stay() {
    Texts texts = new Texts();

    assertThat(texts.say(Language.EN, "front.execution", "{0}")).isEqualTo("Execution {0}");
    assertThat(texts.say(Language.ZH, "front.execution", "exec-1")).isEqualTo("执行 exec-1");
    assertThat(texts.say(Language.JA, "front.execution", "exec-1")).isEqualTo("実行 exec-1");
  }

  @Test
  void an_unknown_key_is_named() {
    assertThatThrownBy(() -> new Texts().say(Language.EN, "front.nothing"))
        .hasMessageContaining("front.nothing");
    assertThatThrownBy(() -> new Texts().say(Language.EN, "nowhere.nothing"))
        .hasMessageContaining("nowhere.en.properties");
  }

  private static Map<String, String> lines(String family, String language) throws IOException {
    Map<String, String> lines = new TreeMap<>();
    for (String line : Files.readAllLines(
        FOLDER.resolve(family + "." + language + ".properties"), StandardCharsets.UTF_8)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      assertThat(equals).as(line).isPositive();
      String key = line.substring(0, equals).strip();
      assertThat(lines.put(key, line.substring(equals + 1).strip()))
          .as(key + " twice in " + language)
          .isNull();
      assertThat(key).startsWith(family + ".");
    }
    return lines;
  }

  private static TreeSet<String> placeholders(String text) {
    TreeSet<String> found = new TreeSet<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }
}
