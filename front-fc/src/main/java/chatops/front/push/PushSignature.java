package chatops.front.push;

import chatops.chat.handover.EventKey;
import chatops.front.http.HttpRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The signature of an MNS push (MNS, "Signature of endpoint requests"): RSA with SHA-1, as documented, over verb, digest, type, date,
 * all {@code x-mns-*} headers and the path. It covers the body through {@code Content-MD5}, so that is required and compared. Dates are
 * accepted 15 minutes either way. It proves that MNS sent the push, not whose topic it came from.
 */
final class PushSignature {
  private static final Duration WINDOW = Duration.ofMinutes(15);

  private final SigningCertificates certificates;

  PushSignature(SigningCertificates certificates) {
    this.certificates = certificates;
  }

  /**
   * Checks everything that needs no fetching first.
   *
   * @return the signature in the one spelling that Base64 has for its bytes: other spellings of it decode, too
   * @throws PushRefusedException says which check failed
   * @throws IOException when the certificate cannot be had now
   */
  String verify(HttpRequest request, Instant now) throws PushRefusedException, IOException {
    String signature = request.header("Authorization");
    String certificate = request.header("x-mns-signing-cert-url");
    if (signature.isEmpty() || certificate.isEmpty()) {
      throw new PushRefusedException("no signature");
    }
    if (!request.query().isEmpty()) {
      throw new PushRefusedException("the address has a query, which the signature would cover");
    }
    dated(request.header("Date"), now);
    digested(request.header("Content-MD5"), request.body());
    byte[] given;
    try {
      given = Base64.getDecoder().decode(signature);
    } catch (IllegalArgumentException e) {
      throw new PushRefusedException("the signature is not Base64", e);
    }
    PublicKey key = certificates.key(certificate, now);
    if (!matches(key, signed(request), given)) {
      throw new PushRefusedException("the signature does not match");
    }
    return Base64.getEncoder().encodeToString(given);
  }

  private static void dated(String date, Instant now) throws PushRefusedException {
    Instant at;
    try {
      at = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      throw new PushRefusedException("Date is no date", e);
    }
    Duration age = Duration.between(at, now);
    if (age.abs().compareTo(WINDOW) > 0) {
      throw new PushRefusedException("dated " + age.toSeconds() + " s ago");
    }
  }

  /** Base64 of the digest, or, as the documented sample has it, of its hexadecimal text in either case. */
  private static void digested(String header, byte[] body) throws PushRefusedException {
    byte[] given;
    byte[] digest;
    try {
      given = Base64.getDecoder().decode(header);
      digest = MessageDigest.getInstance("MD5").digest(body);
    } catch (IllegalArgumentException e) {
      throw new PushRefusedException("Content-MD5 is not Base64", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
    byte[] text = new String(given, StandardCharsets.ISO_8859_1)
        .toLowerCase(Locale.ROOT)
        .getBytes(StandardCharsets.ISO_8859_1);
    boolean isSame = MessageDigest.isEqual(given, digest)
        | MessageDigest.isEqual(
            text, EventKey.digits(digest).getBytes(StandardCharsets.ISO_8859_1));
    if (!isSame) {
      throw new PushRefusedException("Content-MD5 is not the body's");
    }
  }

  private static String signed(HttpRequest request) {
    Map<String, String> own = new TreeMap<>();
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith("x-mns-")) {
        own.put(name, header.getValue().strip());
      }
    }
    StringBuilder text = new StringBuilder(request.method()).append('\n');
    text.append(request.header("Content-MD5")).append('\n');
    text.append(request.header("Content-Type")).append('\n');
    text.append(request.header("Date")).append('\n');
    for (Map.Entry<String, String> header : own.entrySet()) {
      text.append(header.getKey()).append(':').append(header.getValue()).append('\n');
    }
    return text.append(request.path()).toString();
  }

  private static boolean matches(PublicKey key, String text, byte[] given)
      throws PushRefusedException {
    try {
      Signature signature = Signature.getInstance("SHA1withRSA");
      signature.initVerify(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.verify(given);
    } catch (GeneralSecurityException e) {
      throw new PushRefusedException(
          "the signature cannot be checked (" + e.getClass().getSimpleName() + ")", e);
    }
  }
}
