package chatops.local.rehearsal.synthesis;

import com.github.curiousoddman.rgxgen.RgxGen;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Text that matches a pattern; the same pattern and seed give the same text. */
public final class PatternText {
  private static final int TRIES = 60;

  /** What looks ahead of the text cannot be generated from; it is left out and the result checked. */
  private static final Pattern LOOK_AROUND =
      Pattern.compile("\\(\\?<?[=!](?:[^()\\\\]|\\\\.|\\([^()]*\\))*\\)");

  private static final List<String> USUAL = List.of(
      "",
      "sim1",
      "simulated-1",
      "Aa1_simulated",
      "Sim_2026#aB",
      "10",
      "80",
      "8080",
      "192.168.0.1",
      "true");

  private PatternText() {}

  /** @param fits what the text has to be besides looking like the pattern */
  public static Optional<String> of(Pattern pattern, long seed, Predicate<String> fits) {
    for (String usual : USUAL.subList(1, USUAL.size())) {
      if (fits.test(usual)) {
        return Optional.of(usual);
      }
    }
    Optional<String> made = generated(pattern, seed, fits);
    return made.isPresent() ? made : Optional.of("").filter(none -> fits.test(none));
  }

  private static Optional<String> generated(Pattern pattern, long seed, Predicate<String> fits) {
    String plain = LOOK_AROUND.matcher(pattern.pattern()).replaceAll("");
    try {
      RgxGen generator = RgxGen.parse(plain);
      Random random = new Random(seed);
      for (int i = 0; i < TRIES; i++) {
        String text = generator.generate(random);
        if (fits.test(text)) {
          return Optional.of(text);
        }
      }
    } catch (RuntimeException foreign) {
      // a construct the generator does not know; the caller goes on without
      return Optional.empty();
    }
    return Optional.empty();
  }
}
