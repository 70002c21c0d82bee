package chatops.chat.command;

import chatops.chat.command.Mistake.Kind;
import chatops.chat.command.Verbs.Takes;
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
  static final String HELP = "help";

  private CommandParser() {}

  /** {@link #parse(String, String, Map)} without aliases. */
  public static Parsed parse(String name, String text) {
    return parse(name, text, Map.of());
  }

  /**
   * @param name the slash command's name, such as {@code /ecs}; a name that is no family, and the empty one, leave the family
   *     to the first word of the text
   * @param aliases words in lower case that stand for the beginning of a command, such as {@code web} for
   *     {@code ecs status name:web-*}
   */
  public static Parsed parse(String name, String text, Map<String, String> aliases) {
    if (text.length() > LONGEST) {
      return new Mistake(Kind.LONG, "", "", String.valueOf(LONGEST));
    }
    if (text.indexOf('\ufffd') >= 0) {
      return new Mistake(Kind.CHARACTERS, "", "", "");
    }
    int dashes = Words.dashes(text);
    Parsed script = dashes < 0 ? null : FreeScript.parse(Verbs.family(name), text, dashes);
    if (script != null) {
      return script;
    }
    List<Word> words = Words.split(text);
    return words == null
        ? new Mistake(Kind.QUOTE, "", "", "")
        : parse(Verbs.family(name), words, aliases);
  }

  static Parsed parse(String family, List<Word> words, Map<String, String> aliases) {
    if (words.isEmpty()) {
      return HelpTopic.of(family);
    }
    String first = words.get(0).text();
    List<Word> rest = words.subList(1, words.size());
    String named = family.isEmpty() ? Verbs.family(first) : "";
    if (!named.isEmpty()) {
      return parse(named, rest, aliases);
    }
    if (isHelp(first)) {
      return HelpTopic.of(family, rest);
    }
    Verb verb = verb(family, first, rest);
    if (verb != null) {
      Parsed parsed = parse(verb, rest);
      boolean isScript = verb.name().equals("script") && parsed instanceof Parsed.Understood;
      return isScript && ((Parsed.Understood) parsed).command().verb().equals("script")
          ? FreeScript.lacking()
          : parsed;
    }
    List<Word> expanded = aliases.isEmpty() ? null : Aliases.expand(first, rest, aliases);
    // expanded once: an alias of an alias could go round in circles
    return expanded == null
        ? HelpTopic.unknown(family, first, aliases)
        : parse("", expanded, Map.of());
  }

  private static @Nullable Verb verb(String family, String word, List<Word> rest) {
    if (!family.isEmpty()) {
      Verb verb = Verbs.find(family, word);
      if (verb != null) {
        return verb;
      }
    }
    // who asks who he is need not know where to ask
    Verb verb = Verbs.find("oos", word);
    return verb != null && verb.isForEverybody() && (!family.isEmpty() || rest.isEmpty())
        ? verb
        : null;
  }

  static Parsed parse(Verb verb, List<Word> words) {
    if (asksForHelp(words)) {
      return HelpTopic.of(verb);
    }
    if (!verb.available()) {
      return new Mistake(Kind.UNAVAILABLE, verb.command(), "", verb.family() + " " + HELP);
    }
    List<String> arguments = new ArrayList<>();
    Map<String, String> options = new HashMap<>();
    Mistake mistake = read(verb, words, arguments, options);
    if (mistake != null) {
      return mistake;
    }
    tidy(verb, arguments);
    Command command = new Command(verb.family(), verb.name(), arguments, options);
    if (arguments.size() < verb.least()) {
      String how = "/" + verb.command() + " " + verb.usage();
      return new Parsed.Incomplete(command, new Mistake(Kind.ARGUMENTS, verb.command(), "", how));
    }
    mistake = check(verb, arguments, options);
    return mistake == null ? new Parsed.Understood(command) : mistake;
  }

  /** What a phone adds to ids; and the word for everything, where everything is allowed. */
  private static void tidy(Verb verb, List<String> arguments) {
    if (arguments.isEmpty()) {
      return;
    }
    String first = arguments.get(0);
    if (verb.takes() == Takes.TARGETS && verb.least() == 0 && arguments.size() == 1) {
      String lower = first.toLowerCase(Locale.ROOT);
      if (lower.equals("all") || lower.equals("全部") || lower.equals("すべて")) {
        arguments.clear();
      }
    } else if (verb.takes() == Takes.WORDS && first.regionMatches(true, 0, "exec-", 0, 5)) {
      int end = first.length();
      while (end > 5 && ".,。，".indexOf(first.charAt(end - 1)) >= 0) {
        end--;
      }
      arguments.set(0, first.substring(0, end).toLowerCase(Locale.ROOT));
    }
  }

  private static @Nullable Mistake read(
      Verb verb, List<Word> words, List<String> arguments, Map<String, String> options) {
    boolean ended = false;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      String text = word.text();
      if (!word.quoted() && endsOptions(verb, text)) {
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
      if (name.equals("region")) {
        // a phone begins a value with a capital letter
        value = value.toLowerCase(Locale.ROOT);
      }
      if (options.put(name, value) != null) {
        return new Mistake(Kind.OPTION_TWICE, "--" + name, "", "");
      }
    }
    return null;
  }

  /** Two dashes, or what a phone makes of them; in a reason a long dash is a long dash. */
  private static boolean endsOptions(Verb verb, String text) {
    if (text.equals("--")) {
      return true;
    }
    boolean isDash = !text.isEmpty() && verb.takes() != Takes.WORDS;
    for (int i = 0; i < text.length(); i++) {
      isDash = isDash && Words.isDash(text.charAt(i));
    }
    return isDash && !text.equals("-");
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
    // no switch: over an enum it costs a class
    if (verb.takes() == Takes.TARGETS) {
      return Targets.mistake(arguments);
    }
    if (verb.takes() == Takes.ERRAND) {
      return Errand.mistake(arguments, "/" + verb.command() + " " + verb.usage());
    }
    return verb.takes() == Takes.TEMPLATE
        ? parameters(verb, arguments.subList(1, arguments.size()), options)
        : null;
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

  private static boolean isHelp(String word) {
    Verb verb = Verbs.find("oos", word);
    return verb != null && verb.name().equals(HELP)
        || isDashed(word) && optionName(word).equals(HELP);
  }

  /** {@code /ecs start --help}; the word alone may be a name. */
  private static boolean asksForHelp(List<Word> words) {
    for (Word word : words) {
      if (word.text().equals("--") && !word.quoted()) {
        return false;
      }
      if (isOption(word) && optionName(word.text()).equals(HELP)) {
        return true;
      }
    }
    return false;
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
