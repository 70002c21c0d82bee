package chatops.front.dingtalk;

import chatops.chat.json.JsonException;
import chatops.chat.json.JsonReader;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The encrypted body of a robot's callback, {@code {"encrypt":…}}: AES-256-CBC with the robot's {@code aes_key}; in clear 16 random bytes, a
 * length of 4 and the message (open.dingtalk.com, "Callback encryption"). It hides what is said, and proves nothing about who says
 * it. Immutable.
 */
public final class DingTalkEnvelope {
  private static final int KEY_CHARACTERS = 43;
  private static final int BLOCK = 16;
  private static final int LARGEST_PADDING = 32;
  private static final int HEAD = 20;

  private final SecretKeySpec key;
  private final IvParameterSpec start;

  /** @throws IllegalArgumentException when the text is no such key; does not quote it */
  public DingTalkEnvelope(String aesKey) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(aesKey.strip() + "=");
    } catch (IllegalArgumentException e) {
      bytes = new byte[0];
    }
    if (aesKey.strip().length() != KEY_CHARACTERS || bytes.length != 32) {
      throw new IllegalArgumentException(
          "expected the " + KEY_CHARACTERS + " characters of the robot's aes_key");
    }
    key = new SecretKeySpec(bytes, "AES");
    start = new IvParameterSpec(Arrays.copyOf(bytes, BLOCK));
  }

  /** What is inside; empty for everything that is no such envelope, whatever is wrong with it. */
  Optional<byte[]> open(byte[] body) {
    try {
      byte[] sealed = Base64.getDecoder().decode(JsonReader.object(body).text("encrypt"));
      if (sealed.length == 0 || sealed.length % BLOCK != 0) {
        return Optional.empty();
      }
      Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
      cipher.init(Cipher.DECRYPT_MODE, key, start);
      return message(cipher.doFinal(sealed));
    } catch (JsonException | IllegalArgumentException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> message(byte[] clear) {
    int padding = clear[clear.length - 1];
    int end = clear.length - padding;
    if (padding < 1 || padding > LARGEST_PADDING || end < HEAD) {
      return Optional.empty();
    }
    int length = ByteBuffer.wrap(clear, BLOCK, 4).getInt();
    return length < 0 || length > end - HEAD
        ? Optional.empty()
        : Optional.of(Arrays.copyOfRange(clear, HEAD, HEAD + length));
  }

  @Override
  public String toString() {
    return "DingTalkEnvelope[…]";
  }
}
