package chatops.cloudsim.seed;

import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/**
 * Identifiers drawn from one seed, so that a run with the same calls in the same order gives the same ids. Thread-safe, by its source of numbers: a lock
 * here would be one that every request of a burst stands at.
 */
public final class Names {
  private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
  private final long seed;
  private final Random random;

  public Names(long seed) {
    this.seed = seed;
    random = new Random(seed);
  }

  /** Others of the same seed, which do not depend on how many of these were drawn. @param use what they are for */
  public Names apart(String use) {
    return new Names(31 * seed + use.hashCode());
  }

  /** An upper-case UUID as in {@code RequestId}. */
  public String requestId() {
    return new UUID(random.nextLong(), random.nextLong()).toString().toUpperCase(Locale.ROOT);
  }

  /** {@code length} characters of lower-case letters and digits. */
  public String word(int length) {
    StringBuilder word = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      word.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return word.toString();
  }

  public String digits(int length) {
    StringBuilder digits = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  /** A number in [0, 1), for jitter and probabilities. */
  public double fraction() {
    return random.nextDouble();
  }
}
