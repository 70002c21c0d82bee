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

  /** Tag that Auto Scaling puts on the instances it makes (Auto Scaling, "Automatically added tags"). */
  private static final String SCALING_GROUP_TAG = "acs:autoscaling:scalingGroupId";

  /** Examples of targets, the same in every language. */
  public static final String HOW = "i-bp1…  name:web-*  tag:env=staging  group:asg-bp1…";

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

  /** Whether the words name targets. */
  public static boolean isUnderstood(List<String> words) {
    return mistake(words) == null;
  }

  /** The Targets shape that templates take (OOS, "Targets"), as maps, lists and strings. */
  public Map<String, Object> toTree(String region) {
    Map<String, Object> tree = new LinkedHashMap<>();
    if (!ids.isEmpty()) {
      tree.put("Type", "ResourceIds");
      tree.put("RegionId", region);
      tree.put("ResourceIds", ids);
      return tree;
    }
    Map<String, String> wanted = new LinkedHashMap<>(tags);
    if (!group.isEmpty()) {
      wanted.put(SCALING_GROUP_TAG, group);
    }
    tree.put("Type", wanted.isEmpty() ? "All" : "Tags");
    tree.put("RegionId", region);
    if (!wanted.isEmpty()) {
      List<Object> list = new ArrayList<>();
      for (Map.Entry<String, String> tag : wanted.entrySet()) {
        Map<String, Object> pair = new LinkedHashMap<>();
        pair.put("Key", tag.getKey());
        pair.put("Value", tag.getValue());
        list.add(pair);
      }
      tree.put("Tags", list);
    }
    if (!name.isEmpty()) {
      tree.put("Parameters", Map.of("InstanceName", name));
    }
    return tree;
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
        return new Mistake(Kind.TARGET, word, meant(word), HOW);
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

  /** What a word that names nothing was probably meant to be; empty when it may be anything. */
  private static String meant(String word) {
    int equals = word.indexOf('=');
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      boolean plain = Character.isLetterOrDigit(c) || "-_.*".indexOf(c) >= 0;
      if (!plain && !(c == '=' && i == equals && i > 0)) {
        return "";
      }
    }
    if (word.isEmpty() || equals == word.length() - 1) {
      return "";
    }
    if (equals > 0) {
      return "tag:" + word;
    }
    return (word.toLowerCase(Locale.ROOT).startsWith("asg-") ? "group:" : "name:") + word;
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

  /**
   * One word for each target: ids may have commas between them, a phone puts a space behind a colon, and a full stop behind what
   * it takes for a sentence.
   */
  private static List<String> split(List<String> words) {
    List<String> split = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (isPrefix(word) && i + 1 < words.size() && words.get(i + 1).indexOf(':') < 0) {
        word = word + words.get(++i);
      }
      if (word.indexOf(':') >= 0) {
        split.add(word);
        continue;
      }
      int start = 0;
      for (int at = 0; at <= word.length(); at++) {
        if (at == word.length() || word.charAt(at) == ',' || word.charAt(at) == '、') {
          if (at > start || word.isEmpty()) {
            split.add(unstopped(word.substring(start, at)));
          }
          start = at + 1;
        }
      }
    }
    return split;
  }

  private static boolean isPrefix(String word) {
    return word.equalsIgnoreCase("name:")
        || word.equalsIgnoreCase("tag:")
        || word.equalsIgnoreCase("group:");
  }

  private static String unstopped(String word) {
    int end = word.length();
    while (end > 1 && ".。;；".indexOf(word.charAt(end - 1)) >= 0) {
      end--;
    }
    return word.substring(0, end);
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
