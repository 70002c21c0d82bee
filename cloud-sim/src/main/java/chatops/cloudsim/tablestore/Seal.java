package chatops.cloudsim.tablestore;

import chatops.cloudsim.identity.Identities;
import chatops.cloudsim.identity.Principal;
import com.alicloud.openservices.tablestore.core.auth.HmacSHA1Signature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.binary.Base64;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * Signatures of both directions: HMAC-SHA1 over the {@code x-ots-} headers in order, with the caller's secret. Source:
 * "Signature of Tablestore's API", version 2.
 */
final class Seal {
  private static final String PREFIX = "x-ots-";
  private static final String SIGNATURE = "x-ots-signature";
  private static final String API_VERSION = "2015-12-31";

  private final Identities identities;

  Seal(Identities identities) {
    this.identities = identities;
  }

  /** Who sent this, after the body's digest, the key, the session token and the signature were checked. */
  Principal caller(String action, Map<String, String> headers, byte[] body) {
    if (!API_VERSION.equals(headers.get("x-ots-apiversion"))) {
      throw Refusal.invalid("The header x-ots-apiversion must be " + API_VERSION + ".");
    }
    if (!same(digest(body), required(headers, "x-ots-contentmd5"))) {
      throw Refusal.noAuthority(
          "Mismatch between MD5 value of request body and x-ots-contentmd5 in header.");
    }
    Principal caller = identities
        .byAccessKey(required(headers, "x-ots-accesskeyid"))
        .orElseThrow(() -> Refusal.noAuthority("The AccessKeyID does not exist."));
    checkLife(caller, headers.get("x-ots-ststoken"));
    TreeMap<String, String> signed = new TreeMap<>();
    headers.forEach((name, value) -> {
      if (name.startsWith(PREFIX) && !name.equals(SIGNATURE)) signed.put(name, value.trim());
    });
    String text = "/" + action + "\nPOST\n\n" + lines(signed);
    if (!same(sign(caller.accessKeySecret(), text), required(headers, SIGNATURE))) {
      throw Refusal.noAuthority("Signature mismatch.");
    }
    return caller;
  }

  /** The headers of an answer; signed when the caller is known. */
  Map<String, String> answered(
      String action, String requestId, String date, byte[] body, @Nullable Principal caller) {
    TreeMap<String, String> headers = new TreeMap<>();
    headers.put("x-ots-contentmd5", digest(body));
    headers.put("x-ots-contenttype", "protocol buffer");
    headers.put("x-ots-date", date);
    headers.put("x-ots-requestid", requestId);
    if (caller != null) {
      String signature = sign(caller.accessKeySecret(), lines(headers) + "/" + action);
      headers.put("Authorization", "OTS " + caller.accessKeyId() + ":" + signature);
    }
    return headers;
  }

  private void checkLife(Principal caller, @Nullable String token) {
    if (caller instanceof Principal.RoleSession session) {
      if (token == null || !same(session.securityToken(), token)) {
        throw Refusal.noAuthority(
            "The security token is missing or does not belong to the AccessKeyID.");
      }
      if (identities.isExpired(session)) {
        throw Refusal.noAuthority("The security token has expired.");
      }
    }
    if (caller instanceof Principal.RamUser user && !user.active()) {
      throw Refusal.noAuthority("The AccessKeyID is disabled.");
    }
  }

  private static String lines(TreeMap<String, String> headers) {
    StringBuilder lines = new StringBuilder();
    headers.forEach(
        (name, value) -> lines.append(name).append(':').append(value).append('\n'));
    return lines.toString();
  }

  private static String sign(String secret, String text) {
    HmacSHA1Signature signer = new HmacSHA1Signature(secret.getBytes(StandardCharsets.UTF_8));
    signer.updateUTF8String(text);
    return signer.computeSignature();
  }

  private static String digest(byte[] body) {
    return Base64.encodeBase64String(DigestUtils.md5(body));
  }

  private static String required(Map<String, String> headers, String name) {
    String value = headers.get(name);
    if (value == null) {
      throw new Refusal(400, "OTSMissingHeader", "Missing header: " + name + ".");
    }
    return value;
  }

  private static boolean same(String expected, String found) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), found.getBytes(StandardCharsets.UTF_8));
  }
}
