package chatops.chat.reply;

import chatops.chat.Platform;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals reply addresses, and other texts that nobody but the two functions may read, with AES-256-GCM: {@code keyId.base64url(nonce
 * ‖ text)}, bound to the place it belongs to (an address: execution id and platform), so that one moved elsewhere does not open. The
 * first key seals, all open. Thread-safe.
 */
public final class Seal {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY = 32;
  private static final String MARK = "sealed:";

  private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
  private final String sealing;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param keys {@code keyId:base64-of-32-bytes}, comma separated: the form of {@code CHATOPS_SEAL_KEYS}
   * @throws SealException when a key is malformed; names its place in the list
   */
  public Seal(String keys) {
    String first = "";
    int place = 0;
    int start = 0;
    while (start <= keys.length()) {
      int comma = keys.indexOf(',', start);
      int end = comma < 0 ? keys.length() : comma;
      String id = add(keys.substring(start, end).trim(), ++place);
      first = first.isEmpty() ? id : first;
      start = end + 1;
    }
    this.sealing = first;
  }

  private String add(String key, int place) {
    int colon = key.indexOf(':');
    if (colon < 1 || !isPlain(key.substring(0, colon))) {
      throw new SealException("seal key " + place
          + ": expected keyId:base64-of-32-bytes, keyId of letters, digits, - and _");
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(key.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      throw new SealException("seal key " + place + ": the part after ':' is not base64");
    }
    if (bytes.length != KEY) {
      throw new SealException("seal key " + place + ": " + bytes.length + " bytes; expected " + KEY
          + " (make one with: openssl rand -base64 32)");
    }
    String id = key.substring(0, colon);
    if (keys.put(id, new SecretKeySpec(bytes, "AES")) != null) {
      throw new SealException("seal key " + place + ": the key id is used twice");
    }
    return id;
  }

  public String seal(ReplyAddress address, String executionId) {
    return sealed(address.toJson(), place(executionId, address.platform()));
  }

  /** @throws SealException when the text was changed, belongs to another execution or platform, or its key is not configured */
  public ReplyAddress open(String sealed, String executionId, Platform platform) {
    return ReplyAddress.fromJson(opened(sealed, place(executionId, platform)));
  }

  /**
   * Seals any text.
   *
   * @param place what it belongs to, the same when it is opened
   */
  public String sealText(String text, String place) {
    return MARK + sealed(text, "text|" + place);
  }

  /** @throws SealException as {@link #open} */
  public String openText(String sealed, String place) {
    if (!isSealed(sealed)) {
      throw new SealException("this is no sealed text");
    }
    return opened(sealed.substring(MARK.length()), "text|" + place);
  }

  /** Whether a text looks like one that {@link #sealText} made. */
  public static boolean isSealed(String text) {
    return text.startsWith(MARK);
  }

  private static String place(String executionId, Platform platform) {
    return executionId + "|" + platform.name();
  }

  private String sealed(String text, String place) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] sealed = cipher(
        Cipher.ENCRYPT_MODE, sealing, nonce, place, text.getBytes(StandardCharsets.UTF_8), 0);
    byte[] all = new byte[NONCE + sealed.length];
    System.arraycopy(nonce, 0, all, 0, NONCE);
    System.arraycopy(sealed, 0, all, NONCE, sealed.length);
    return sealing + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  private String opened(String sealed, String place) {
    int dot = sealed.indexOf('.');
    String id = dot < 0 ? "" : sealed.substring(0, dot);
    if (!keys.containsKey(id)) {
      throw new SealException(
          "it was sealed with a key that is not in CHATOPS_SEAL_KEYS here; "
              + "both functions need the same list, and old keys until nothing sealed with them is left");
    }
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(sealed.substring(dot + 1));
    } catch (IllegalArgumentException e) {
      throw new SealException("the sealed text is damaged");
    }
    if (all.length < NONCE + TAG_BITS / 8) {
      throw new SealException("the sealed text is damaged");
    }
    return new String(
        cipher(Cipher.DECRYPT_MODE, id, all, place, all, NONCE), StandardCharsets.UTF_8);
  }

  private byte[] cipher(int mode, String keyId, byte[] nonce, String place, byte[] in, int at) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, keys.get(keyId), new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE));
      cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(in, at, in.length - at);
    } catch (GeneralSecurityException e) {
      throw new SealException("what is sealed does not open at this place");
    }
  }

  private static boolean isPlain(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (!(c < 128 && Character.isLetterOrDigit(c)) && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }

  /** Shows which keys are there, none of them. */
  @Override
  public String toString() {
    return "Seal" + keys.keySet();
  }
}
