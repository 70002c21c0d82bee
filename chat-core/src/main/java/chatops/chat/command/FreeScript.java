package chatops.chat.command;

import chatops.chat.command.Mistake.Kind;
import chatops.chat.command.Verbs.Verb;
import chatops.chat.command.Words.Word;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A script behind {@code --}, as it was typed: its spaces, lines and quotes are its own. Undone is only what chat programs do to typed text unasked: quotes that were bent,
 * spaces that do not break, a frame of back-quotes.
 */
final class FreeScript {
  /** The option under which a command carries the script. */
  static final String OPTION = "script";

  private static final String COMMAND = "ecs script";
  private static final String SHORT = "ecs run";
  private static final String EXAMPLE = "name:web-* -- uptime";
  private static final String FENCE = "```";

  private FreeScript() {}

  /**
   * The command, or what is wrong with it; null where the text is none that runs a script of its own.
   *
   * @param dashes where they begin
   */
  static @Nullable Parsed parse(String family, String text, int dashes) {
    List<Word> words = Words.split(text.substring(0, dashes));
    if (words == null || words.isEmpty()) {
      return null;
    }
    int at = family.isEmpty() ? 1 : 0;
    String named = family.isEmpty() ? Verbs.family(words.get(0).text()) : family;
    Verb verb = named.isEmpty() || words.size() <= at
        ? null
        : Verbs.find(named, words.get(at).text());
    if (verb == null || !verb.command().equals(COMMAND) && !verb.command().equals(SHORT)) {
      return null;
    }
    return script(words.subList(at + 1, words.size()), script(text.substring(dashes)));
  }

  /** What is wrong with a command that has no dashes: it runs nothing. */
  static Mistake lacking() {
    return new Mistake(Kind.SCRIPT, "--", "", "/" + SHORT + " " + EXAMPLE);
  }

  private static Parsed script(List<Word> words, String script) {
    Verb verb = Verbs.named(COMMAND);
    Parsed parsed = verb == null ? null : CommandParser.parse(verb, words);
    if (!(parsed instanceof Parsed.Understood)) {
      return parsed == null ? new Mistake(Kind.VERB, COMMAND, "", "") : parsed;
    }
    if (script.isEmpty()) {
      return lacking();
    }
    Command command = ((Parsed.Understood) parsed).command();
    Map<String, String> options = new HashMap<>(command.options());
    options.put(OPTION, script);
    return new Parsed.Understood(
        new Command(command.family(), command.verb(), command.arguments(), options));
  }

  private static String script(String behind) {
    int start = 0;
    while (start < behind.length() && Words.isDash(behind.charAt(start))) {
      start++;
    }
    String script = plain(behind.substring(start)).strip();
    if (script.startsWith(FENCE) && script.endsWith(FENCE) && script.length() >= 6) {
      return script.substring(3, script.length() - 3).strip();
    }
    boolean isFramed = script.length() > 2
        && script.charAt(0) == '`'
        && script.indexOf('`', 1) == script.length() - 1;
    return isFramed ? script.substring(1, script.length() - 1).strip() : script;
  }

  private static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '\u201c' && c <= '\u201f') {
        plain.append('"');
      } else if (c >= '\u2018' && c <= '\u201b') {
        plain.append('\'');
      } else if (c == '\u00a0' || c == '\u2007' || c == '\u202f') {
        plain.append(' ');
      } else if (c == '\r') {
        // a shell takes it for part of a word
        continue;
      } else if (c != '\u200b' && c != '\ufeff') {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
