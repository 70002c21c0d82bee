package chatops.local.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** What tells the person who started the demo from any other program on the machine; compared in constant time. */
public record StartToken(String value) {
  public static StartToken fresh(SecureRandom random) {
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    return new StartToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  public boolean matches(String given) {
    return MessageDigest.isEqual(
        value.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "StartToken[…]";
  }
}
