package chatops.chat.command;

import chatops.chat.command.Mistake.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which instances a command concerns: ids; or a name pattern and tags, all of which must fit; or a scaling group. Empty means
 * every instance of the region, which only {@code ecs status} allows.
 *
 * @param ids {@code i-…}, without repetition
 * @param name pattern in which {@code *} stands for any characters; empty = any
 * @param tags key to value, all must fit
 * @param group {@code asg-…}, empty = none
 */
public record Targets(List<String> ids, String name, Map<String, String> tags, String group) {
  private static final int MOST = 100;
  private static final String HOW = "i-bp1…  name:web-*  tag:env=staging  group:asg-bp1…";

  public Targets {
    ids = List.copyOf(ids);
    tags = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  /** @throws IllegalArgumentException for words that {@link #mistake} explains */
  public static Targets parse(List<String> words) {
    Mistake mistake = mistake(words);
    if (mistake != null) {
      throw new IllegalArgumentException("no targets: " + mistake.kind());
    }
    return read(words);
  }

  public boolean isEveryInstance() {
    return ids.isEmpty() && name.isEmpty() && tags.isEmpty() && group.isEmpty();
  }

  /** What is wrong with the words as targets; null when nothing is. */
  static @Nullable Mistake mistake(List<String> words) {
    int kinds = 0;
    boolean ids = false;
    boolean filters = false;
    boolean group = false;
    int names = 0;
    int count = 0;
    Map<String, String> tags = new LinkedHashMap<>();
    for (String word : split(words)) {
      String lower = word.toLowerCase(Locale.ROOT);
      boolean known = true;
      if (isId(lower)) {
        ids = true;
        count++;
      } else if (lower.startsWith("name:") && !word.substring(5).isBlank()) {
        filters = true;
        names++;
      } else if (lower.startsWith("tag:")) {
        int equals = word.indexOf('=');
        // the cloud takes a tag without a value for every instance that has the tag
        known = equals > 4
            && !word.substring(equals + 1).isBlank()
            && tags.put(word.substring(4, equals), word.substring(equals + 1)) == null;
        filters = true;
      } else if (lower.startsWith("group:") && !word.substring(6).isBlank()) {
        known = !group;
        group = true;
      } else {
        known = false;
      }
      if (!known) {
        return new Mistake(Kind.TARGET, word, "", HOW);
      }
    }
    kinds = (ids ? 1 : 0) + (filters ? 1 : 0) + (group ? 1 : 0);
    if (kinds == 0 && !words.isEmpty()) {
      // commas alone name nothing, and nothing would stand for every instance
      return new Mistake(Kind.TARGET, String.join(" ", words), "", HOW);
    }
    if (kinds > 1 || names > 1) {
      return new Mistake(Kind.TARGETS_MIXED, String.join(" ", words), "", HOW);
    }
    return count > MOST ? new Mistake(Kind.LONG, "", "", MOST + " i-…") : null;
  }

  private static Targets read(List<String> words) {
    List<String> ids = new ArrayList<>();
    Map<String, String> tags = new LinkedHashMap<>();
    String name = "";
    String group = "";
    for (String word : split(words)) {
      String lower = word.toLowerCase(Locale.ROOT);
      if (lower.startsWith("name:")) {
        name = word.substring(5);
      } else if (lower.startsWith("tag:")) {
        int equals = word.indexOf('=');
        tags.put(word.substring(4, equals), word.substring(equals + 1));
      } else if (lower.startsWith("group:")) {
        group = word.substring(6);
      } else if (!ids.contains(lower)) {
        ids.add(lower);
      }
    }
    return new Targets(ids, name, tags, group);
  }

  /** Ids may be given with commas between them. */
  private static List<String> split(List<String> words) {
    List<String> split = new ArrayList<>();
    for (String word : words) {
      if (word.indexOf(':') >= 0 || word.indexOf(',') < 0) {
        split.add(word);
        continue;
      }
      for (String part : word.split(",", -1)) {
        if (!part.isEmpty()) {
          split.add(part);
        }
      }
    }
    return split;
  }

  private static boolean isId(String word) {
    if (!word.startsWith("i-") || word.length() < 3 || word.length() > 64) {
      return false;
    }
    for (int i = 2; i < word.length(); i++) {
      char c = word.charAt(i);
      if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
        return false;
      }
    }
    return true;
  }
}
