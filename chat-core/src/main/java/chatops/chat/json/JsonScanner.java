package chatops.chat.json;

import java.math.BigDecimal;

/** Reads the words of one JSON text: strings, numbers, names and signs, and knows where it stands. */
final class JsonScanner {
  private static final int NUMBER_LENGTH = 64;
  private static final int EXPONENT_DIGITS = 3;

  private final String text;
  private int at;

  JsonScanner(String text) {
    this.text = text;
  }

  boolean isAtEnd() {
    return at >= text.length();
  }

  /** The next character; only where there is one. */
  char next() {
    return text.charAt(at);
  }

  int position() {
    return at;
  }

  void back(int position) {
    at = position;
  }

  String string() {
    int start = ++at;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        return text.substring(start, at++);
      }
      if (c == '\\' || c < ' ' || Character.isSurrogate(c)) {
        break;
      }
      at++;
    }
    StringBuilder out = new StringBuilder(text.length() - start < 64 ? 64 : at - start + 64);
    out.append(text, start, at);
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        requirePairs(out);
        return out.toString();
      }
      if (c < ' ') {
        throw wrong(name(c), "an escape such as \\n");
      }
      at++;
      out.append(c == '\\' ? escape() : c);
    }
    throw wrong("the end", "the closing quote of a string");
  }

  private char escape() {
    if (at >= text.length()) {
      throw wrong("the end", "an escape");
    }
    char c = text.charAt(at++);
    switch (c) {
      case '"':
      case '\\':
      case '/':
        return c;
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u':
        return unicode();
      default:
        at--;
        throw wrong(name(c), "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX");
    }
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < text.length() ? hex(text.charAt(at)) : -1;
      if (digit < 0) {
        throw wrong(here(), "four hexadecimal digits after \\u");
      }
      code = code * 16 + digit;
      at++;
    }
    return (char) code;
  }

  private void requirePairs(CharSequence string) {
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isLowSurrogate(c)
          || i + 1 == string.length()
          || !Character.isLowSurrogate(string.charAt(i + 1))) {
        throw wrong("half of a surrogate pair", "whole characters");
      }
      i++;
    }
  }

  Object number() {
    int start = at;
    boolean whole = true;
    take('-');
    if (!take('0')) {
      digits();
    } else if (at < text.length() && isDigit(text.charAt(at))) {
      throw wrong("a leading zero", "a number without it");
    }
    if (take('.')) {
      whole = false;
      digits();
    }
    if (take('e') || take('E')) {
      whole = false;
      if (!take('+')) {
        take('-');
      }
      if (digits() > EXPONENT_DIGITS) {
        throw wrong("a number far out of range", "an exponent of at most three digits");
      }
    }
    if (at - start > NUMBER_LENGTH) {
      throw wrong("a number of " + (at - start) + " characters", "at most " + NUMBER_LENGTH);
    }
    String number = text.substring(start, at);
    if (whole && number.length() <= 18) {
      return Long.valueOf(number);
    }
    BigDecimal value = new BigDecimal(number);
    if (whole && value.precision() <= 19 && fitsLong(value)) {
      return value.longValue();
    }
    return value;
  }

  private static boolean fitsLong(BigDecimal value) {
    return value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0
        && value.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) >= 0;
  }

  private int digits() {
    int start = at;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw wrong(here(), "a digit");
    }
    return at - start;
  }

  void word(String word) {
    if (!text.startsWith(word, at)) {
      throw wrong("an unknown word", "true, false or null");
    }
    at += word.length();
  }

  void expect(char wanted) {
    if (!take(wanted)) {
      throw wrong(here(), "'" + wanted + "'");
    }
  }

  boolean take(char wanted) {
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  void skipSpace() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return;
      }
      at++;
    }
  }

  String here() {
    return at < text.length() ? name(text.charAt(at)) : "the end";
  }

  static String name(char c) {
    return c > ' ' && c < 127
        ? "'" + c + "'"
        : "character U+" + Integer.toHexString(0x10000 | c).substring(1);
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int hex(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  JsonException wrong(String found, String expected) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < at && i < text.length(); i++) {
      column++;
      if (text.charAt(i) == '\n') {
        line++;
        column = 1;
      }
    }
    return new JsonException(
        "JSON " + line + ":" + column + ": found " + found + ", expected " + expected);
  }
}
