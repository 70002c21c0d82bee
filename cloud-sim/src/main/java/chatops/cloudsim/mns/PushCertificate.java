package chatops.cloudsim.mns;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A self-made certificate with its key, and who issued it: signs pushes as MNS does (RSA with SHA-1, as documented) and further
 * certificates. Immutable and thread-safe.
 */
public final class PushCertificate {
  /** Short: it guards nothing, and a burst of pushes is signed on one machine, beside whoever verifies them. */
  private static final int BITS = 1024;

  private final PrivateKey key;
  private final X509Certificate certificate;
  private final @Nullable PushCertificate issuer;

  private PushCertificate(
      PrivateKey key, X509Certificate certificate, @Nullable PushCertificate issuer) {
    this.key = key;
    this.certificate = certificate;
    this.issuer = issuer;
  }

  /** One that vouches for itself, valid from a day before {@code now} for a year. */
  public static PushCertificate authority(String name, Instant now) {
    return make(name, null, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(365)), true);
  }

  /** One that this one vouches for. */
  public PushCertificate issue(String name, Instant from, Instant until) {
    return make(name, this, from, until, false);
  }

  private static PushCertificate make(
      String name, @Nullable PushCertificate issuer, Instant from, Instant until, boolean isCa) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      KeyPair pair = generator.generateKeyPair();
      X500Name subject = new X500Name("CN=" + name);
      X500Name by = issuer == null
          ? subject
          : new X500Name(issuer.certificate.getSubjectX500Principal().getName());
      X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
          by,
          BigInteger.valueOf(from.toEpochMilli()),
          Date.from(from),
          Date.from(until),
          subject,
          pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isCa));
      ContentSigner signer = new JcaContentSignerBuilder("SHA256withRSA")
          .build(issuer == null ? pair.getPrivate() : issuer.key);
      X509Certificate certificate =
          new JcaX509CertificateConverter().getCertificate(builder.build(signer));
      return new PushCertificate(pair.getPrivate(), certificate, issuer);
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException("no certificate for " + name, e);
    }
  }

  /** Base64 of the signature of a text. */
  public String sign(String text) {
    try {
      Signature signature = Signature.getInstance("SHA1withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no signature", e);
    }
  }

  /** PEM: this certificate, and behind it those that vouch for it. */
  public String pem() {
    try {
      String encoded =
          Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
      String own = "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n";
      return issuer == null ? own : own + issuer.pem();
    } catch (CertificateException e) {
      throw new IllegalStateException("a certificate that does not encode", e);
    }
  }
}
