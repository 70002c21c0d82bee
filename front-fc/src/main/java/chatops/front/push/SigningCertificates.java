package chatops.front.push;

import chatops.chat.fc.Deadline;
import chatops.chat.url.GuardedUrl;
import chatops.chat.url.UrlGuard;
import chatops.chat.url.UrlRefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The certificate a push names. Its URL is anybody's word, so it is only looked at where it names one of the pinned hosts exactly, and is
 * then fetched by HTTPS whatever scheme it has: no redirect, no user, no other port, at most 64 KiB in 2 s. All certificates of
 * the file must be valid now, and each must be signed by the next; where authorities are configured, they must vouch for the
 * last. Kept for a day, eight at most; ten a minute are fetched, so that a stranger cannot have us fetch without end. Thread-safe.
 */
final class SigningCertificates {
  private static final int LARGEST = 64 * 1024;
  private static final int KEPT = 8;
  private static final int FETCHES = 10;
  private static final int LEAST_BITS = 1024;
  private static final int LONGEST_CHAIN = 5;
  private static final Duration FETCH_WINDOW = Duration.ofMinutes(1);
  private static final Duration FRESH = Duration.ofHours(24);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final PushSettings settings;
  private final UrlGuard guard;
  private final Map<String, Kept> kept = new LinkedHashMap<>();
  private final Deque<Instant> fetches = new ArrayDeque<>();

  private record Kept(List<X509Certificate> chain, Instant at) {}

  SigningCertificates(PushSettings settings) {
    this.settings = settings;
    this.guard = UrlGuard.of(settings.certificateHosts(), settings.loopbackAllowed());
  }

  /**
   * The key that the push must be signed with.
   *
   * @param header Base64 of the certificate's URL, as {@code x-mns-signing-cert-url} has it
   * @throws PushRefusedException when the URL or what it leads to is not acceptable
   * @throws IOException when it could not be fetched: may work later
   */
  PublicKey key(String header, Instant now) throws PushRefusedException, IOException {
    String url = pinned(header);
    List<X509Certificate> chain = known(url, now);
    if (chain == null) {
      admit(now);
      chain = read(fetch(url));
      check(chain, now);
      keep(url, new Kept(chain, now));
    } else {
      check(chain, now);
    }
    return chain.get(0).getPublicKey();
  }

  /** The URL to fetch: of a pinned host and by HTTPS, or of this machine where that is allowed. */
  private String pinned(String header) throws PushRefusedException {
    URI uri;
    try {
      byte[] bytes = Base64.getDecoder().decode(header);
      uri = URI.create(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new PushRefusedException("the certificate's URL is not Base64 of a URL", e);
    }
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean isWeb = scheme.equals("https") || scheme.equals("http");
    boolean isPlain =
        uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
    if (!isWeb || !isPlain || !isPemPath(path)) {
      throw new PushRefusedException("the certificate's URL has not the form https://<host>/….pem");
    }
    if (settings.loopbackAllowed() && host.equals("127.0.0.1")) {
      return uri.toString();
    }
    int port = uri.getPort();
    boolean isUsualPort = port == -1 || port == (scheme.equals("https") ? 443 : 80);
    if (!settings.certificateHosts().contains(host) || !isUsualPort) {
      throw new PushRefusedException("the certificate's URL names a host that is not pinned");
    }
    return "https://" + host + path;
  }

  private static boolean isPemPath(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean isPlain = c >= 'a' && c <= 'z'
          || c >= 'A' && c <= 'Z'
          || c >= '0' && c <= '9'
          || "/._-".indexOf(c) >= 0;
      if (!isPlain) {
        return false;
      }
    }
    return path.startsWith("/") && path.endsWith(".pem") && !path.contains("..");
  }

  private synchronized @Nullable List<X509Certificate> known(String url, Instant now) {
    Kept known = kept.get(url);
    return known != null && now.isBefore(known.at().plus(FRESH)) ? known.chain() : null;
  }

  private synchronized void keep(String url, Kept fetched) {
    kept.remove(url);
    if (kept.size() >= KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
    kept.put(url, fetched);
  }

  private synchronized void admit(Instant now) throws IOException {
    while (!fetches.isEmpty() && fetches.peekFirst().isBefore(now.minus(FETCH_WINDOW))) {
      fetches.removeFirst();
    }
    if (fetches.size() >= FETCHES) {
      throw new IOException("more than " + FETCHES + " certificates were fetched within a minute");
    }
    fetches.addLast(now);
  }

  private byte[] fetch(String url) throws PushRefusedException, IOException {
    GuardedUrl checked;
    try {
      checked = guard.check(url);
    } catch (UrlRefusedException e) {
      throw new PushRefusedException("the certificate's URL is refused: " + e.getMessage(), e);
    }
    return Deadline.within(TIMEOUT, new Callable<byte[]>() {
      @Override
      public byte[] call() throws IOException {
        return get(checked);
      }
    });
  }

  private static byte[] get(GuardedUrl url) throws IOException {
    HttpURLConnection connection = url.open();
    connection.setConnectTimeout((int) TIMEOUT.toMillis());
    connection.setReadTimeout((int) TIMEOUT.toMillis());
    try {
      if (connection.getResponseCode() != 200) {
        throw new IOException(
            "the certificate's host answered HTTP " + connection.getResponseCode());
      }
      try (InputStream in = connection.getInputStream()) {
        byte[] bytes = in.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
          throw new IOException("the certificate has more than " + LARGEST + " bytes");
        }
        return bytes;
      }
    } finally {
      connection.disconnect();
    }
  }

  private static List<X509Certificate> read(byte[] pem) throws PushRefusedException {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      for (Certificate each : CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem))) {
        chain.add((X509Certificate) each);
      }
    } catch (GeneralSecurityException e) {
      throw new PushRefusedException("what the certificate's URL leads to is no certificate", e);
    }
    if (chain.isEmpty() || chain.size() > LONGEST_CHAIN) {
      throw new PushRefusedException(
          "what the certificate's URL leads to holds " + chain.size() + " certificates");
    }
    return chain;
  }

  private void check(List<X509Certificate> chain, Instant now) throws PushRefusedException {
    PublicKey key = chain.get(0).getPublicKey();
    if (!(key instanceof RSAPublicKey)
        || ((RSAPublicKey) key).getModulus().bitLength() < LEAST_BITS) {
      throw new PushRefusedException(
          "the certificate's key is no RSA key of " + LEAST_BITS + " bits");
    }
    try {
      for (int i = 0; i < chain.size(); i++) {
        chain.get(i).checkValidity(Date.from(now));
        if (i + 1 < chain.size()) {
          chain.get(i).verify(chain.get(i + 1).getPublicKey());
        }
      }
      if (settings.authorities().length > 0) {
        vouched(chain, now);
      }
    } catch (GeneralSecurityException e) {
      throw new PushRefusedException(
          "the certificate does not hold (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  private void vouched(List<X509Certificate> chain, Instant now) throws GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    Set<TrustAnchor> anchors = new HashSet<>();
    for (Certificate each :
        factory.generateCertificates(new ByteArrayInputStream(settings.authorities()))) {
      anchors.add(new TrustAnchor((X509Certificate) each, null));
    }
    List<X509Certificate> path = new ArrayList<>(chain);
    for (TrustAnchor anchor : anchors) {
      // an authority that stands in the file itself is no part of the way to it
      path.remove(anchor.getTrustedCert());
    }
    PKIXParameters parameters = new PKIXParameters(anchors);
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(now));
    if (path.isEmpty()) {
      return;
    }
    CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(path), parameters);
  }
}
