package chatops.execution.notify;

import chatops.chat.Language;
import chatops.chat.text.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How facts are spelled in messages, in one language. */
public record Wording(Texts texts, Language language) {
  public String say(String key, Object... arguments) {
    return texts.say(language, "execution." + key, arguments);
  }

  public String field(String name) {
    return say("field." + name);
  }

  /** A short command has words of its own; anything else is called by its template. */
  public String what(String command, String template) {
    return texts.has(language, "execution.what." + command) ? say("what." + command) : template;
  }

  /** A link has no name: whoever held it decided. */
  public String person(String id, String name) {
    return id.startsWith("web:") ? say("person.bearer") : name;
  }

  /** {@code 850 ms}, {@code 12.3 s}, {@code 4 min 5 s}: the same in every language. */
  public static String duration(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    if (millis < 1000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return millis / 1000 + "." + millis % 1000 / 100 + " s";
    }
    return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
  }

  /** UTC, to the second. */
  public static String time(Instant instant) {
    return instant
        .truncatedTo(ChronoUnit.SECONDS)
        .toString()
        .replace('T', ' ')
        .replace("Z", " UTC");
  }
}
