package chatops.cloudsim.signature;

import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.http.WebRequest;
import chatops.cloudsim.identity.Principal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/** ACS3-HMAC-SHA256: everything in headers; the body is covered by its hash. */
public final class Acs3Signature {
  private static final String SCHEME = "ACS3-HMAC-SHA256";
  private final Gatekeeper gatekeeper;

  public Acs3Signature(Gatekeeper gatekeeper) {
    this.gatekeeper = gatekeeper;
  }

  public static boolean isUsedBy(WebRequest request) {
    return request.header("Authorization").startsWith("ACS3-");
  }

  public Principal verify(WebRequest request) {
    Map<String, String> fields = fields(request.header("Authorization"));
    Principal caller = gatekeeper.owner(
        fields.getOrDefault("Credential", ""), request.header("x-acs-security-token"));
    List<String> signedHeaders =
        List.of(fields.getOrDefault("SignedHeaders", "").split(";"));
    checkCovered(request, signedHeaders);
    gatekeeper.timely(stamp(request.header("x-acs-date")));
    String bodyHash = DigestUtils.sha256Hex(request.body());
    if (!Encoding.same(bodyHash, request.header("x-acs-content-sha256"))) {
      throw Gatekeeper.incomplete("x-acs-content-sha256 is not the hash of the body.");
    }
    String canonicalHeaders = signedHeaders.stream()
        .map(name -> name + ":" + values(request, name) + "\n")
        .collect(Collectors.joining());
    String canonicalRequest = String.join(
        "\n",
        request.method(),
        request.path(),
        Encoding.canonical(request.queryPairs()),
        canonicalHeaders,
        String.join(";", signedHeaders),
        bodyHash);
    String stringToSign = SCHEME + "\n" + DigestUtils.sha256Hex(canonicalRequest);
    String expected =
        new HmacUtils(HmacAlgorithms.HMAC_SHA_256, caller.accessKeySecret()).hmacHex(stringToSign);
    if (!Encoding.same(expected, fields.getOrDefault("Signature", ""))) {
      throw Gatekeeper.badSignature(stringToSign);
    }
    gatekeeper.unused(caller.accessKeyId(), request.header("x-acs-signature-nonce"));
    return caller;
  }

  /** An unsigned x-acs header could be changed on the way. The classic SDK does not sign the host, so it is not asked for. */
  private static void checkCovered(WebRequest request, List<String> signedHeaders) {
    List<String> needed = new ArrayList<>();
    request.headers().stream()
        .map(header -> header.getKey().toLowerCase(Locale.ROOT))
        .filter(name -> name.startsWith("x-acs-"))
        .forEach(needed::add);
    needed.removeAll(signedHeaders);
    if (!needed.isEmpty()) {
      throw Gatekeeper.incomplete("these headers are not signed: " + needed);
    }
  }

  private static String values(WebRequest request, String name) {
    return request.headers().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(header -> header.getValue().trim())
        .sorted()
        .collect(Collectors.joining(","));
  }

  private static Map<String, String> fields(String authorization) {
    if (!authorization.startsWith(SCHEME + " ")) {
      throw Gatekeeper.incomplete("expected " + SCHEME + ".");
    }
    Map<String, String> fields = new HashMap<>();
    for (String part : authorization.substring(SCHEME.length()).trim().split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        fields.put(part.substring(0, equals).trim(), part.substring(equals + 1).trim());
      }
    }
    return fields;
  }

  private static Instant stamp(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException bad) {
      throw new CloudException(
          400,
          "InvalidTimeStamp.Format",
          "Specified time stamp or date value is not well formatted.");
    }
  }
}
