package chatops.chat.command;

import chatops.chat.command.Mistake.Kind;
import chatops.chat.command.Verbs.Verb;
import chatops.chat.command.Words.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What somebody wants help about: everything, a family, a command; and what to say to a word that is none. */
final class HelpTopic {
  private HelpTopic() {}

  /** @param family empty for all of them */
  static Parsed of(String family) {
    return help(family.isEmpty() ? List.of() : List.of(family));
  }

  static Parsed of(Verb verb) {
    return help(List.of(verb.family(), verb.name()));
  }

  /** {@code /ecs help start}, {@code /oos help ecs}, {@code /oos help ecs start}. */
  static Parsed of(String family, List<Word> about) {
    if (about.isEmpty()) {
      // "/oos help" is where help lives, so it shows every family
      return of(family.equals("oos") ? "" : family);
    }
    String first = about.get(0).text();
    String named = Verbs.family(first);
    if (!named.isEmpty()) {
      return about.size() == 1 ? of(named) : of(named, about.get(1).text());
    }
    return of(family, first);
  }

  private static Parsed of(String family, String word) {
    Verb verb = Verbs.find(family, word);
    if (verb != null) {
      return of(verb);
    }
    for (Verbs.Family other : Verbs.FAMILIES) {
      Verb elsewhere = Verbs.find(other.name(), word);
      if (elsewhere != null) {
        return of(elsewhere);
      }
    }
    return unknown(family.isEmpty() ? "oos" : family, word, Map.of());
  }

  /** @param family empty where the word should have been one */
  static Mistake unknown(String family, String word, Map<String, String> aliases) {
    List<String> known = new ArrayList<>();
    if (family.isEmpty()) {
      for (Verbs.Family each : Verbs.FAMILIES) {
        known.add(each.name());
      }
      known.addAll(aliases.keySet());
      return new Mistake(Kind.FAMILY, word, Nearest.to(word, known), "ecs status");
    }
    for (Verb verb : Verbs.of(family)) {
      known.add(verb.name());
    }
    known.addAll(aliases.keySet());
    String near = Nearest.to(word, known);
    return new Mistake(
        Kind.VERB,
        family + " " + word,
        near.isEmpty() ? "" : family + " " + near,
        family + " " + CommandParser.HELP);
  }

  private static Parsed help(List<String> about) {
    return new Parsed.Understood(new Command("oos", CommandParser.HELP, about, Map.of()));
  }
}
