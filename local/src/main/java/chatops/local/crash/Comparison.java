package chatops.local.crash;

import chatops.engine.effect.EffectClass;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds a round that was cut against the undisturbed one. */
final class Comparison {
  /** One cut costs at most a lease, a sweep, and the tries of a call. */
  private static final Duration PER_CUT = Duration.ofMinutes(5);

  /** As an API writes it, and as a name often has it: 20260301080000. */
  private static final Pattern TIME = Pattern.compile(
      "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?Z"
          + "|(?<!\\d)20\\d{2}(0[1-9]|1[0-2])([0-2]\\d|3[01])([01]\\d|2[0-3])[0-5]\\d[0-5]\\d(?!\\d)");

  private final Ending calm;

  Comparison(Ending calm) {
    this.calm = calm;
  }

  /** What is wrong; empty when nothing is. */
  List<String> violations(Ending cut) {
    List<String> wrong = new ArrayList<>(cut.watched());
    if (!cut.stuck().isEmpty()) {
      wrong.add(cut.stuck() + ": " + cut.status() + " " + cut.message());
      return wrong;
    }
    // a skipped call has no outputs, so what reads them may go another way
    if (!cut.hasSkipped() || cut.status().equals(calm.status())) {
      differ(
          wrong,
          "status",
          calm.status() + " " + calm.message(),
          cut.status() + " " + cut.message());
      if (!cut.hasSkipped()) {
        differ(wrong, "outputs", outputs(calm), outputs(cut));
        differ(wrong, "web hooks", hooks(calm), hooks(cut));
      }
    }
    boolean isShort = cut.hasSkipped() && !cut.status().equals(calm.status());
    for (EffectClass effectClass : EffectClass.values()) {
      effects(wrong, effectClass, cut, isShort);
    }
    if (cut.told() == 0) {
      wrong.add("nobody was told of the end");
    }
    Duration allowed = PER_CUT.multipliedBy(cut.cuts().size() + 2L * cut.asked().size());
    if (cut.at().isAfter(calm.at().plus(allowed))) {
      wrong.add("it ended " + Duration.between(calm.at(), cut.at()) + " later, at most " + allowed
          + " is expected");
    }
    return wrong;
  }

  /** Outputs without the ids of requests, of which a call that is made once more has another, and without times. */
  private static @Nullable String outputs(Ending ending) {
    JsonNode outputs = ending.outputs();
    if (outputs == null) {
      return null;
    }
    JsonNode copy = outputs.deepCopy();
    copy.findParents("RequestId").forEach(parent -> ((ObjectNode) parent).remove("RequestId"));
    return withoutTimes(copy.toString());
  }

  /** Told at least once: whoever is cut before it is noted tells it once more, perhaps at a later time. */
  private static Set<String> hooks(Ending ending) {
    return ending.hooks().stream()
        .map(Comparison::withoutTimes)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What starts later says a later time. */
  private static String withoutTimes(String text) {
    return TIME.matcher(text).replaceAll("<time>");
  }

  private void effects(List<String> wrong, EffectClass effectClass, Ending cut, boolean isShort) {
    Map<String, Long> expected = count(calm, effectClass);
    Map<String, Long> found = count(cut, effectClass);
    found.forEach((key, times) -> {
      long most = expected.getOrDefault(key, 0L);
      boolean isConverging = effectClass == EffectClass.DESIRED_STATE && most > 0;
      if (times > most && !isConverging) {
        wrong.add("class " + letter(effectClass) + " " + key + ": " + most + " expected, happened "
            + times + " times");
      }
    });
    expected.forEach((key, times) -> {
      long there = found.getOrDefault(key, 0L);
      boolean isMissing = effectClass == EffectClass.DESIRED_STATE ? there == 0 : there < times;
      if (isMissing && !isShort) {
        wrong.add("class " + letter(effectClass) + " " + key + ": " + times + " expected, happened "
            + there + " times");
      }
    });
  }

  private static Map<String, Long> count(Ending ending, EffectClass effectClass) {
    return ending.landed().stream()
        .filter(landed -> landed.effectClass() == effectClass)
        .collect(Collectors.groupingBy(
            landed -> withoutTimes(landed.key()), TreeMap::new, Collectors.counting()));
  }

  private static char letter(EffectClass effectClass) {
    return switch (effectClass) {
      case READ -> 'R';
      case TOKEN -> 'A';
      case DESIRED_STATE -> 'B';
      case ONCE -> 'C';
    };
  }

  private static void differ(
      List<String> wrong, String what, @Nullable Object expected, @Nullable Object found) {
    if (!Objects.equals(expected, found)) {
      wrong.add(what + ": expected " + expected + ", found " + found);
    }
  }
}
