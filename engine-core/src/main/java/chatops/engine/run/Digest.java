package chatops.engine.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names derived from what they name. */
final class Digest {
  private Digest() {}

  /** Hex SHA-256 of the parts, each closed by a line end so that no two lists of parts are alike. */
  static String of(String... parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        sha.update(part.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) '\n');
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** A shorter name for ids that people see: 26 hex digits. */
  static String id(String... parts) {
    return of(parts).substring(0, 26);
  }
}
