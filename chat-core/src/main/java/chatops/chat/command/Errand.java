package chatops.chat.command;

import chatops.chat.command.Mistake.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Something with a name that is done on instances: {@code restart-nginx on name:web-*}, {@code demo-agent V2 on i-bp1abc port=8080}.
 *
 * @param version empty where none is said
 * @param targets words that {@link Targets} reads
 * @param parameters {@code name=value}, in order
 */
public record Errand(String name, String version, List<String> targets, List<String> parameters) {
  private static final List<String> ON = List.of("on", "在", "于", "於", "に", "へ");

  public Errand {
    targets = List.copyOf(targets);
    parameters = List.copyOf(parameters);
  }

  /** @throws IllegalArgumentException for words that {@link #mistake} explains */
  public static Errand parse(List<String> words) {
    Errand errand = read(words);
    if (errand == null) {
      throw new IllegalArgumentException("no errand: " + words.size() + " words");
    }
    return errand;
  }

  private static @Nullable Errand read(List<String> words) {
    int on = on(words);
    if (on < 0) {
      return null;
    }
    List<String> targets = new ArrayList<>();
    List<String> parameters = new ArrayList<>();
    for (String word : words.subList(on + 1, words.size())) {
      // a tag has an equals sign, too
      boolean isTarget = word.indexOf('=') < 1 || word.toLowerCase(Locale.ROOT).startsWith("tag:");
      (isTarget ? targets : parameters).add(word);
    }
    String version = on == 2 ? words.get(1) : "";
    return targets.isEmpty() ? null : new Errand(words.get(0), version, targets, parameters);
  }

  /** Second or third word; -1 where there is none. */
  private static int on(List<String> words) {
    for (int i = 1; i < words.size() && i < 3; i++) {
      if (ON.contains(words.get(i).toLowerCase(Locale.ROOT))) {
        return i;
      }
    }
    return -1;
  }

  /** What is wrong with the words; null when nothing is. */
  static @Nullable Mistake mistake(List<String> words, String how) {
    Errand errand = read(words);
    if (errand == null) {
      return new Mistake(Kind.ERRAND, String.join(" ", words), "", how);
    }
    Mistake mistake = Targets.mistake(errand.targets());
    if (mistake != null) {
      return mistake;
    }
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String parameter : errand.parameters()) {
      String name = parameter.substring(0, parameter.indexOf('='));
      if (!names.add(name)) {
        return new Mistake(Kind.OPTION_TWICE, name, "", "");
      }
    }
    return null;
  }
}
