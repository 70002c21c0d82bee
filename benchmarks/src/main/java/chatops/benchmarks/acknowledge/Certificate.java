package chatops.benchmarks.acknowledge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate for localhost, and lists of roots with it among all that a machine trusts anyway: reading those is part of
 * what TLS costs a cold process. The files are made by {@code benchmarks/run}.
 *
 * @param folder with {@code server.p12}, {@code trust.p12} (for Java) and {@code trust.pem} (for everybody else)
 */
record Certificate(Path folder) {
  static final String PASSWORD = "changeit";

  SSLContext context() throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve("server.p12"))) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS with " + folder.resolve("server.p12"), e);
    }
  }

  /** Options of a Java that is to trust it. */
  String javaOptions() {
    return "-Djavax.net.ssl.trustStore=" + folder.resolve("trust.p12")
        + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD;
  }

  Path pem() {
    return folder.resolve("trust.pem");
  }
}
