package chatops.local.rehearsal.jq;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a jq program, read one after the other; a string is one token, quotes included. */
final class Tokens {
  static final String END = "";

  private static final Pattern TOKEN = Pattern.compile("\\s+|#[^\\n]*"
      + "|(?<t>\\.\\.|\\?//|//=|\\|=|\\+=|-=|\\*=|/=|%=|==|!=|<=|>=|//"
      + "|\\.[A-Za-z_][A-Za-z0-9_]*|\\$[A-Za-z_][A-Za-z0-9_]*|@[A-Za-z0-9]+"
      + "|[A-Za-z_][A-Za-z0-9_]*|\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?"
      + "|[-+*/%<>=|,.()\\[\\]{}:;?])");

  private final List<String> tokens = new ArrayList<>();
  private int next;

  /** @throws IllegalArgumentException when the text holds something else */
  Tokens(String text) {
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == '"') {
        int end = stringEnd(text, at);
        tokens.add(text.substring(at, end));
        at = end;
      } else if (matcher.region(at, text.length()).lookingAt()) {
        if (matcher.group("t") != null) {
          tokens.add(matcher.group("t"));
        }
        at = matcher.end();
      } else {
        throw new IllegalArgumentException("jq: unexpected '" + text.charAt(at) + "' at " + at);
      }
    }
  }

  /** Index after the closing quote; interpolations may hold strings of their own. */
  static int stringEnd(String text, int start) {
    int at = start + 1;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        return at + 1;
      }
      if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '(') {
        at = interpolationEnd(text, at + 2);
      } else {
        at += c == '\\' ? 2 : 1;
      }
    }
    throw new IllegalArgumentException("jq: a string does not end");
  }

  /** Index after the parenthesis that closes an interpolation whose content starts at {@code start}. */
  static int interpolationEnd(String text, int start) {
    int depth = 1;
    int at = start;
    while (at < text.length() && depth > 0) {
      char c = text.charAt(at);
      if (c == '"') {
        at = stringEnd(text, at);
      } else {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        at++;
      }
    }
    return at;
  }

  String peek() {
    return next < tokens.size() ? tokens.get(next) : END;
  }

  String take() {
    String token = peek();
    next++;
    return token;
  }

  boolean takes(String token) {
    if (peek().equals(token)) {
      next++;
      return true;
    }
    return false;
  }

  void expect(String token) {
    if (!takes(token)) {
      throw new IllegalArgumentException("jq: expected '" + token + "', found '" + peek() + "'");
    }
  }
}
