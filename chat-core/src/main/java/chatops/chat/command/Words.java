package chatops.chat.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits typed text into words, forgiving what phones make of it: every kind of space separates, smart quotes quote, and
 * outside quotes full-width letters, digits and signs are the plain ones. A quote opens at the start of a word or after
 * {@code =} or {@code :}; elsewhere it is a character, so that {@code don't} and unquoted JSON stay whole.
 */
final class Words {
  /** @param quoted whether it began with a quote, so that it is never an option */
  record Word(String text, boolean quoted) {}

  private Words() {}

  /** The words, or null when a quote is not closed. */
  static @Nullable List<Word> split(String text) {
    List<Word> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean open = false;
    boolean quoted = false;
    boolean literal = false;
    char closing = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char plain = plain(c);
      if (closing != 0) {
        if (c == '\\' && i + 1 < text.length() && plain(text.charAt(i + 1)) == closing) {
          word.append(text.charAt(++i));
        } else if (plain == closing) {
          closing = 0;
        } else {
          word.append(c);
        }
      } else if (plain == ' ') {
        if (open) {
          words.add(new Word(word.toString(), quoted));
        }
        word.setLength(0);
        open = false;
        quoted = false;
        literal = false;
      } else if (isQuote(plain) && !literal && opens(word)) {
        quoted = quoted || word.length() == 0;
        open = true;
        closing = plain;
      } else {
        literal = literal || isQuote(plain) || plain == '{' || plain == '[';
        open = true;
        word.append(plain);
      }
    }
    if (closing != 0) {
      return null;
    }
    if (open) {
      words.add(new Word(word.toString(), quoted));
    }
    return words;
  }

  private static boolean opens(StringBuilder word) {
    if (word.length() == 0) {
      return true;
    }
    char last = word.charAt(word.length() - 1);
    return last == '=' || last == ':';
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  static boolean isDash(char c) {
    return c == '-'
        || c >= '\u2010' && c <= '\u2015'
        || c == '\u2212'
        || c == '\u2e3a'
        || c == '\u2e3b';
  }

  /** Where the first dashes begin that stand alone; a phone makes one long dash of them. -1 where there are none. */
  static int dashes(String text) {
    for (int i = 1; i < text.length(); i++) {
      if (isDash(text.charAt(i)) && isBlank(text.charAt(i - 1))) {
        int end = i;
        while (end < text.length() && isDash(text.charAt(end))) {
          end++;
        }
        boolean isLong = end - i == 2 || text.charAt(i) != '-';
        if (isLong && (end == text.length() || isBlank(text.charAt(end)))) {
          return i;
        }
      }
    }
    return -1;
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static char plain(char c) {
    if (c < 127) {
      return c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
    }
    if (c >= '\uff01' && c <= '\uff5e') {
      return (char) (c - 0xfee0);
    }
    if (c >= '\u201c' && c <= '\u201f' || c == '\u300c' || c == '\u300d') {
      return '"';
    }
    if (c >= '\u2018' && c <= '\u201b') {
      return '\'';
    }
    boolean space = Character.isSpaceChar(c)
        || c >= '\u200b' && c <= '\u200f'
        || c == '\u2060'
        || c == '\ufeff';
    return space ? ' ' : c;
  }
}
