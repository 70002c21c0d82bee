package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * {@code @base64d} as jq 1.6 reads it: up to the first {@code =}, padding or not; bytes that are no UTF-8 become
 * replacement characters, one for each sequence broken off.
 */
final class Base64Text {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final int REPLACEMENT = 0xFFFD;

  private Base64Text() {}

  static String decoded(JsonNode value) throws JsonQueryException {
    String written = JqText.plain(value);
    int padding = written.indexOf('=');
    String digits = padding < 0 ? written : written.substring(0, padding);
    if (digits.length() % 4 == 1) {
      throw new JsonQueryException(
          "string (" + JqText.json(value) + ") is not Base64: its last character stands alone");
    }
    byte[] bytes = new byte[digits.length() * 6 / 8];
    int made = 0;
    int bits = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = ALPHABET.indexOf(digits.charAt(i));
      if (digit < 0) {
        throw new JsonQueryException(
            "string (" + JqText.json(value) + ") is not Base64: it has " + digits.charAt(i));
      }
      bits = bits << 6 | digit;
      if (i % 4 != 0) {
        bytes[made++] = (byte) (bits >> 2 * (3 - i % 4));
      }
    }
    return text(bytes);
  }

  private static String text(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    int at = 0;
    while (at < bytes.length) {
      int announced = length(bytes[at]);
      int length = 1;
      while (length < announced && at + length < bytes.length && length(bytes[at + length]) < 0) {
        length++;
      }
      text.appendCodePoint(
          length == announced
              ? character(Arrays.copyOfRange(bytes, at, at + length))
              : REPLACEMENT);
      at += announced > bytes.length - at ? bytes.length - at : length;
    }
    return text.toString();
  }

  /** Of the sequence that {@code first} starts: 0 when it starts none, -1 when it goes on with one. */
  private static int length(byte first) {
    int value = first & 0xFF;
    if (value >= 0x80 && value < 0xC0) {
      return -1;
    }
    return value < 0x80
        ? 1
        : value < 0xC2 || value > 0xF4 ? 0 : value < 0xE0 ? 2 : value < 0xF0 ? 3 : 4;
  }

  private static int character(byte[] sequence) {
    String read = new String(sequence, StandardCharsets.UTF_8);
    return read.codePointCount(0, read.length()) == 1 ? read.codePointAt(0) : REPLACEMENT;
  }
}
