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

  private final JsonScanner text;
  private final Limits limits;
  private int depth;

  private JsonReader(String text, Limits limits) {
    this.text = new JsonScanner(text);
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
    reader.text.skipSpace();
    Object value = reader.value();
    reader.text.skipSpace();
    if (!reader.text.isAtEnd()) {
      throw reader.text.wrong("text after the value", "the end");
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
    if (text.isAtEnd()) {
      throw text.wrong("the end", "a value");
    }
    char c = text.next();
    switch (c) {
      case '{':
        return object();
      case '[':
        return array();
      case '"':
        return text.string();
      case 't':
        text.word("true");
        return Boolean.TRUE;
      case 'f':
        text.word("false");
        return Boolean.FALSE;
      case 'n':
        text.word("null");
        return null;
      default:
        if (c == '-' || JsonScanner.isDigit(c)) {
          return text.number();
        }
        throw text.wrong(JsonScanner.name(c), "a value");
    }
  }

  private Map<String, @Nullable Object> object() {
    enter();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    text.take(text.next());
    text.skipSpace();
    if (text.take('}')) {
      depth--;
      return members;
    }
    while (true) {
      if (text.isAtEnd() || text.next() != '"') {
        throw text.wrong(text.here(), "a key in double quotes");
      }
      int start = text.position();
      String key = text.string();
      text.skipSpace();
      text.expect(':');
      text.skipSpace();
      Object value = value();
      if (members.containsKey(key)) {
        text.back(start);
        throw text.wrong("a key that this object already has", "each key once");
      }
      members.put(key, value);
      text.skipSpace();
      if (text.take('}')) {
        depth--;
        return members;
      }
      text.expect(',');
      text.skipSpace();
    }
  }

  private List<@Nullable Object> array() {
    enter();
    List<@Nullable Object> items = new ArrayList<>();
    text.take(text.next());
    text.skipSpace();
    if (text.take(']')) {
      depth--;
      return items;
    }
    while (true) {
      items.add(value());
      text.skipSpace();
      if (text.take(']')) {
        depth--;
        return items;
      }
      text.expect(',');
      text.skipSpace();
    }
  }

  private void enter() {
    if (++depth > limits.depth) {
      throw text.wrong("nesting", "at most " + limits.depth + " levels");
    }
  }
}
