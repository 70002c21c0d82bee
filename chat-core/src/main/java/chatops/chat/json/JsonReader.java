package chatops.chat.json;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON text (RFC 8259) strictly: objects as {@link LinkedHashMap}, arrays as {@link List}, strings, whole
 * numbers as {@link Long} where they fit and {@link BigDecimal} otherwise, booleans and null. Duplicate keys, trailing text,
 * lone surrogates, malformed UTF-8 and anything beyond the limits are refused with the position (line:column, in characters).
 */
public final class JsonReader {
  /**
   * @param depth arrays and objects within each other
   * @param characters length of the whole text
   */
  public record Limits(int depth, int characters) {}

  /** 64 levels, 4 Mi characters. */
  public static final Limits USUAL = new Limits(64, 4 << 20);

  private static final int NUMBER_LENGTH = 64;
  private static final int EXPONENT_DIGITS = 3;

  private final String text;
  private final Limits limits;
  private int at;
  private int depth;

  private JsonReader(String text, Limits limits) {
    this.text = text;
    this.limits = limits;
  }

  /** @throws JsonException when the bytes are not one JSON value in UTF-8 */
  public static @Nullable Object read(byte[] utf8) {
    return read(decode(utf8), USUAL);
  }

  /** @throws JsonException when the text is not one JSON value */
  public static @Nullable Object read(String text) {
    return read(text, USUAL);
  }

  /** @throws JsonException when the text is not one JSON value within {@code limits} */
  public static @Nullable Object read(String text, Limits limits) {
    if (text.length() > limits.characters) {
      throw new JsonException(
          "JSON of " + text.length() + " characters; at most " + limits.characters + " are read");
    }
    JsonReader reader = new JsonReader(text, limits);
    reader.skipSpace();
    Object value = reader.value();
    reader.skipSpace();
    if (reader.at < text.length()) {
      throw reader.wrong("text after the value", "the end");
    }
    return value;
  }

  /** @throws JsonException when the text is not one JSON object */
  public static JsonObject object(byte[] utf8) {
    return JsonObject.of(read(utf8), "");
  }

  private static String decode(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(utf8))
          .toString();
    } catch (CharacterCodingException e) {
      throw new JsonException("the bytes are not UTF-8; JSON must be");
    }
  }

  private @Nullable Object value() {
    if (at >= text.length()) {
      throw wrong("the end", "a value");
    }
    char c = text.charAt(at);
    switch (c) {
      case '{':
        return object();
      case '[':
        return array();
      case '"':
        return string();
      case 't':
        word("true");
        return Boolean.TRUE;
      case 'f':
        word("false");
        return Boolean.FALSE;
      case 'n':
        word("null");
        return null;
      default:
        if (c == '-' || isDigit(c)) {
          return number();
        }
        throw wrong(name(c), "a value");
    }
  }

  private Map<String, @Nullable Object> object() {
    enter();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    at++;
    skipSpace();
    if (take('}')) {
      depth--;
      return members;
    }
    while (true) {
      if (at >= text.length() || text.charAt(at) != '"') {
        throw wrong(here(), "a key in double quotes");
      }
      int start = at;
      String key = string();
      skipSpace();
      expect(':');
      skipSpace();
      Object value = value();
      if (members.containsKey(key)) {
        at = start;
        throw wrong("a key that this object already has", "each key once");
      }
      members.put(key, value);
      skipSpace();
      if (take('}')) {
        depth--;
        return members;
      }
      expect(',');
      skipSpace();
    }
  }

  private List<@Nullable Object> array() {
    enter();
    List<@Nullable Object> items = new ArrayList<>();
    at++;
    skipSpace();
    if (take(']')) {
      depth--;
      return items;
    }
    while (true) {
      items.add(value());
      skipSpace();
      if (take(']')) {
        depth--;
        return items;
      }
      expect(',');
      skipSpace();
    }
  }

  private String string() {
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

  private Object number() {
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

  private void word(String word) {
    if (!text.startsWith(word, at)) {
      throw wrong("an unknown word", "true, false or null");
    }
    at += word.length();
  }

  private void enter() {
    if (++depth > limits.depth) {
      throw wrong("nesting", "at most " + limits.depth + " levels");
    }
  }

  private void expect(char wanted) {
    if (!take(wanted)) {
      throw wrong(here(), "'" + wanted + "'");
    }
  }

  private boolean take(char wanted) {
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return;
      }
      at++;
    }
  }

  private String here() {
    return at < text.length() ? name(text.charAt(at)) : "the end";
  }

  private static String name(char c) {
    return c > ' ' && c < 127
        ? "'" + c + "'"
        : "character U+" + Integer.toHexString(0x10000 | c).substring(1);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int hex(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private JsonException wrong(String found, String expected) {
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
