package chatops.chat.command;

import chatops.chat.command.Mistake.Kind;
import chatops.chat.command.Verbs.Verb;
import chatops.chat.command.Words.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a person typed: {@code [family] verb words --option value}. Verbs and options have near misses named, and what
 * phones do to dashes, quotes, spaces and widths is undone.
 */
public final class CommandParser {
  private static final int LONGEST = 8000;
  private static final List<String> FAMILIES = List.of("ecs", "oos");
  private static final String HELP = "help";

  private CommandParser() {}

  /**
   * @param name the slash command's name, such as {@code /ecs}; a name that is no family, and the empty one, leave the family
   *     to the first word of the text
   */
  public static Parsed parse(String name, String text) {
    if (text.length() > LONGEST) {
      return new Mistake(Kind.LONG, "", "", String.valueOf(LONGEST));
    }
    if (text.indexOf('\ufffd') >= 0) {
      return new Mistake(Kind.CHARACTERS, "", "", "");
    }
    List<Word> words = Words.split(text);
    if (words == null) {
      return new Mistake(Kind.QUOTE, "", "", "");
    }
    String family = family(name);
    int at = 0;
    if (family.isEmpty()) {
      if (words.isEmpty()) {
        return help("");
      }
      String first = words.get(at++).text();
      family = family(first);
      if (family.isEmpty()) {
        return bare(first, words.size() == 1);
      }
    }
    if (at == words.size()) {
      return help(family);
    }
    if (isHelp(words.get(at).text())) {
      // "/oos help" is where help lives, so it shows every family
      String about = at + 1 < words.size() ? family(words.get(at + 1).text()) : "";
      return help(family.equals("oos") ? about : family);
    }
    return verb(family, words.get(at).text(), words.subList(at + 1, words.size()));
  }

  private static Parsed bare(String word, boolean alone) {
    Verb verb = find(Verbs.of("oos"), word);
    if (isHelp(word) || alone && verb != null && verb.name().equals("whoami")) {
      return new Parsed.Understood(
          new Command("oos", isHelp(word) ? HELP : "whoami", List.of(), Map.of()));
    }
    return new Mistake(Kind.FAMILY, word, Nearest.to(word, FAMILIES), "ecs status");
  }

  private static Parsed verb(String family, String word, List<Word> words) {
    List<Verb> verbs = Verbs.of(family);
    Verb verb = find(verbs, word);
    if (verb == null && find(Verbs.of("oos"), word) != null && word.equalsIgnoreCase("whoami")) {
      verb = find(Verbs.of("oos"), word);
    }
    if (verb == null) {
      List<String> known = new ArrayList<>();
      for (Verb candidate : verbs) {
        known.add(candidate.name());
      }
      String near = Nearest.to(word, known);
      return new Mistake(
          Kind.VERB,
          family + " " + word,
          near.isEmpty() ? "" : family + " " + near,
          family + " " + HELP);
    }
    if (!verb.available()) {
      return new Mistake(Kind.UNAVAILABLE, verb.command(), "", family + " " + HELP);
    }
    List<String> arguments = new ArrayList<>();
    Map<String, String> options = new HashMap<>();
    Mistake mistake = read(verb, words, arguments, options);
    if (mistake == null) {
      mistake = check(verb, arguments, options);
    }
    return mistake != null
        ? mistake
        : new Parsed.Understood(new Command(verb.family(), verb.name(), arguments, options));
  }

  private static @Nullable Mistake read(
      Verb verb, List<Word> words, List<String> arguments, Map<String, String> options) {
    boolean ended = false;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      String text = word.text();
      if (text.equals("--") && !word.quoted()) {
        ended = true;
        continue;
      }
      if (ended || !isOption(word)) {
        arguments.add(text);
        continue;
      }
      int equals = text.indexOf('=');
      String name = optionName(text.substring(0, equals < 0 ? text.length() : equals));
      Mistake unknown = known(verb, name);
      if (unknown != null) {
        return unknown;
      }
      String value = "";
      if (equals >= 0) {
        value = text.substring(equals + 1);
      } else if (i + 1 < words.size() && !isOption(words.get(i + 1))) {
        value = words.get(++i).text();
      }
      if (value.isEmpty()) {
        return new Mistake(Kind.OPTION_VALUE, "--" + name, "", "--" + name + " …");
      }
      if (options.put(name, value) != null) {
        return new Mistake(Kind.OPTION_TWICE, "--" + name, "", "");
      }
    }
    return null;
  }

  private static @Nullable Mistake known(Verb verb, String name) {
    List<String> known = new ArrayList<>(verb.options());
    known.add("lang");
    if (known.contains(name)) {
      return null;
    }
    String near = Nearest.to(name, known);
    return new Mistake(
        Kind.OPTION,
        "--" + name,
        near.isEmpty() ? "" : "--" + near,
        "--" + String.join(", --", known));
  }

  private static @Nullable Mistake check(
      Verb verb, List<String> arguments, Map<String, String> options) {
    if (arguments.size() < verb.least()) {
      return new Mistake(
          Kind.ARGUMENTS, verb.command(), "", "/" + verb.command() + " " + verb.usage());
    }
    if (verb.family().equals("ecs")) {
      return Targets.mistake(arguments);
    }
    if (verb.name().equals("run")) {
      return parameters(verb, arguments.subList(1, arguments.size()), options);
    }
    return null;
  }

  /** A parameter given twice, by whichever spelling, would be decided on by one value and run with the other. */
  private static @Nullable Mistake parameters(
      Verb verb, List<String> arguments, Map<String, String> options) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    if (options.containsKey("region")) {
      names.add("regionId");
    }
    if (options.containsKey("role")) {
      names.add("OOSAssumeRole");
    }
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 1) {
        return new Mistake(Kind.PARAMETER, argument, "", "/" + verb.command() + " " + verb.usage());
      }
      String name = argument.substring(0, equals);
      if (!names.add(name)) {
        return new Mistake(Kind.OPTION_TWICE, name, "", "");
      }
    }
    return null;
  }

  private static String family(String name) {
    String plain = name.startsWith("/") ? name.substring(1) : name;
    switch (plain.toLowerCase(Locale.ROOT)) {
      case "ecs":
      case "instance":
      case "instances":
        return "ecs";
      case "oos":
      case "template":
      case "templates":
        return "oos";
      default:
        return "";
    }
  }

  private static @Nullable Verb find(List<Verb> verbs, String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    for (Verb verb : verbs) {
      if (verb.name().equals(lower) || verb.aliases().contains(lower)) {
        return verb;
      }
    }
    return null;
  }

  private static boolean isHelp(String word) {
    Verb verb = find(Verbs.of("oos"), word);
    return verb != null && verb.name().equals(HELP)
        || isDashed(word) && optionName(word).equals(HELP);
  }

  private static Parsed help(String family) {
    return new Parsed.Understood(
        new Command("oos", HELP, family.isEmpty() ? List.of() : List.of(family), Map.of()));
  }

  private static boolean isOption(Word word) {
    return !word.quoted() && isDashed(word.text());
  }

  /** Any dashes, then a letter: so {@code -1} is no option, and {@code —region} is one. */
  private static boolean isDashed(String text) {
    int dashes = 0;
    while (dashes < text.length() && Words.isDash(text.charAt(dashes))) {
      dashes++;
    }
    return dashes > 0 && dashes < text.length() && Character.isLetter(text.charAt(dashes));
  }

  private static String optionName(String text) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Words.isDash(c)) {
        name.append(Character.toLowerCase(c));
      } else if (name.length() > 0) {
        name.append('-');
      }
    }
    return name.toString();
  }
}
