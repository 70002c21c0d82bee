package chatops.chat.command;

import chatops.chat.command.Mistake.Kind;
import chatops.chat.command.Words.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words of a team's own that stand for the beginning of a command: section {@code aliases} of {@code chatops.yaml}. */
public final class Aliases {
  private Aliases() {}

  /** The words the alias stands for, with the given ones behind them; null when the word is no alias. */
  static @Nullable List<Word> expand(String word, List<Word> rest, Map<String, String> aliases) {
    String meaning = aliases.get(word.toLowerCase(Locale.ROOT));
    List<Word> words = meaning == null ? null : Words.split(meaning);
    if (words == null) {
      return null;
    }
    List<Word> all = new ArrayList<>(words);
    all.addAll(rest);
    return all;
  }

  /** What is wrong with an alias, in words for whoever writes the configuration; empty when nothing is. */
  public static String problem(String name, String meaning) {
    List<Word> words = Words.split(name);
    boolean isWord = words != null
        && words.size() == 1
        && words.get(0).text().equals(name)
        && name.equals(name.toLowerCase(Locale.ROOT))
        && !Words.isDash(name.charAt(0))
        && name.charAt(0) != '/';
    if (!isWord) {
      return "the name of an alias is one word in small letters, and begins with no dash or slash";
    }
    if (!Verbs.family(name).isEmpty()) {
      return "this word is a command of its own";
    }
    for (Verbs.Family family : Verbs.FAMILIES) {
      if (Verbs.find(family.name(), name) != null) {
        return "this word is a command of its own: " + family.name() + " " + name;
      }
    }
    Parsed parsed = CommandParser.parse("", meaning);
    // what lacks arguments gets them from whoever types the alias
    if (parsed instanceof Mistake && ((Mistake) parsed).kind() != Kind.ARGUMENTS) {
      Mistake mistake = (Mistake) parsed;
      String near = mistake.nearest().isEmpty() ? "" : "; did you mean " + mistake.nearest() + "?";
      return "expected the beginning of a command, such as \"ecs status name:web-*\"; wrong is "
          + mistake.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " "
          + (mistake.found() + near).trim();
    }
    return "";
  }
}
