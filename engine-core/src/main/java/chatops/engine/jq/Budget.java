package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;

/**
 * What one run of a program may use: time, evaluations and memory. A program is part of a template, but what it is run on
 * and what its variables hold may come from anyone.
 */
final class Budget {
  private static final int MOST_STEPS = 20_000_000;
  private static final long MOST_BUILT = 64L << 20;
  private static final int LARGEST_VALUE = 4 << 20;
  private static final int LARGEST_INDEX = 1_000_000;

  /** Thrown through jackson-jq, whose {@code try} catches only its own exceptions. */
  static final class Exceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exceeded(String message) {
      super(message, null, false, false);
    }
  }

  private final long end;
  private final long milliseconds;
  private int steps;
  private long built;

  Budget(Duration time) {
    this.milliseconds = time.toMillis();
    this.end = System.nanoTime() + time.toNanos();
  }

  /** One evaluation of one part of the program, or one value that came out of it. */
  void step() {
    steps++;
    if ((steps & 0xff) == 0) {
      remaining();
    }
    if (steps > MOST_STEPS) {
      throw new Exceeded("takes more than " + MOST_STEPS + " steps");
    }
  }

  /** Nanoseconds left. */
  long remaining() {
    long left = end - System.nanoTime();
    if (left <= 0) {
      throw new Exceeded("takes longer than " + milliseconds + " ms");
    }
    return left;
  }

  /** A value that was made, not read from the input. */
  void builds(JsonNode value) {
    if (!value.isValueNode() || value.isTextual()) {
      built += weight(value, LARGEST_VALUE);
      if (built > MOST_BUILT) {
        throw new Exceeded("builds more than " + (MOST_BUILT >> 20) + " MB");
      }
    }
  }

  /** Text times a number is that many copies. */
  static void repeats(JsonNode text, JsonNode times) {
    if (text.isTextual()
        && times.isNumber()
        && text.textValue().length() * times.doubleValue() > LARGEST_VALUE) {
      throw new Exceeded("repeats a text beyond " + (LARGEST_VALUE >> 20) + " MB");
    }
  }

  /** An index into a list: writing beyond its end would fill it up to there. */
  void indexes(JsonNode index) {
    if (index.isNumber() && index.doubleValue() > LARGEST_INDEX) {
      throw new Exceeded("uses an index beyond " + LARGEST_INDEX);
    }
    if (index.isArray()) {
      index.forEach(this::indexes);
    }
  }

  /** About the length of the value's JSON text. */
  static int weight(JsonNode value, int most) {
    int weight = weigh(value, most, 0, 0);
    if (weight > most) {
      throw new Exceeded("builds a value of more than " + (most >> 20) + " MB");
    }
    return weight;
  }

  private static int weigh(JsonNode value, int most, int before, int depth) {
    if (depth > 1_000) {
      throw new Exceeded("builds a value nested deeper than 1000 levels");
    }
    int weight = before + 2;
    if (value.isTextual()) {
      return weight + value.textValue().length();
    }
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        weight = weigh(field.getValue(), most, weight + field.getKey().length() + 4, depth + 1);
        if (weight > most) {
          return weight;
        }
      }
    } else if (value.isArray()) {
      for (JsonNode element : value) {
        weight = weigh(element, most, weight + 1, depth + 1);
        if (weight > most) {
          return weight;
        }
      }
    }
    return weight + 2;
  }
}
