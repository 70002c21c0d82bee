package chatops.execution.notify;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.rights.Verdict;
import chatops.chat.text.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WordingTest {
  @Test
  void every_text_exists_in_every_language_with_the_same_arguments() throws IOException {
    Properties english = read("en");
    for (String language : new String[] {"zh", "ja"}) {
      Properties other = read(language);
      assertThat(other.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
      for (String key : english.stringPropertyNames()) {
        assertThat(arguments(other.getProperty(key)))
            .as(language + " " + key)
            .isEqualTo(arguments(english.getProperty(key)));
      }
    }
  }

  @Test
  void every_reason_for_a_refusal_has_words() throws IOException {
    Properties english = read("en");
    for (Verdict.Reason reason : Verdict.Reason.values()) {
      assertThat(english).containsKey("execution.denied." + reason.name().toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void durations_are_short() {
    assertThat(Wording.duration(Duration.ofMillis(850))).isEqualTo("850 ms");
    assertThat(Wording.duration(Duration.ofMillis(12_340))).isEqualTo("12.3 s");
    assertThat(Wording.duration(Duration.ofSeconds(245))).isEqualTo("4 min 5 s");
  }

  private static Set<String> arguments(String text) {
    Set<String> arguments = new TreeSet<>();
    Pattern.compile("\\{\\d}")
        .matcher(text)
        .results()
        .forEach(found -> arguments.add(found.group()));
    return arguments;
  }

  private static Properties read(String language) throws IOException {
    Properties texts = new Properties();
    try (InputStream in =
        Texts.class.getResourceAsStream("execution." + language + ".properties")) {
      texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    return texts;
  }
}
