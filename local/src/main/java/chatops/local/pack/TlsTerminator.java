package chatops.local.pack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * TLS in front of loopback ports that speak plain HTTP, with a certificate of the moment: what the real cloud is reached by
 * must be loaded in training, too. Thread-safe.
 */
final class TlsTerminator implements AutoCloseable {
  private final Path store;
  private final String password;
  private final SSLContext context;
  private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
    Thread thread = new Thread(work, "tls-terminator");
    thread.setDaemon(true);
    return thread;
  });

  /** @param folder takes the key store; only this machine's training trusts it */
  TlsTerminator(Jdk jdk, Path folder) throws IOException {
    this.store = folder.resolve("tls.p12");
    this.password = HexFormat.of().formatHex(random());
    Tool.run(
        folder,
        List.of(
            jdk.tool("keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=localhost",
            "-ext",
            "SAN=dns:localhost,ip:127.0.0.1",
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-storepass",
            password,
            "-keystore",
            store.toString()));
    this.context = context();
  }

  /** Options of a Java that is to trust this. */
  List<String> trustOptions() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + store, "-Djavax.net.ssl.trustStorePassword=" + password);
  }

  /** An address of this that leads to {@code plain}. */
  URI before(URI plain) throws IOException {
    SSLServerSocket server = (SSLServerSocket) context
        .getServerSocketFactory()
        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    open.add(server);
    threads.execute(() -> accept(server, plain.getPort()));
    return URI.create("https://localhost:" + server.getLocalPort());
  }

  private void accept(SSLServerSocket server, int port) {
    while (!server.isClosed()) {
      try {
        Socket outside = server.accept();
        Socket inside = new Socket(InetAddress.getLoopbackAddress(), port);
        outside.setTcpNoDelay(true);
        inside.setTcpNoDelay(true);
        open.add(outside);
        open.add(inside);
        threads.execute(() -> pump(outside, inside));
        threads.execute(() -> pump(inside, outside));
      } catch (IOException closedOrRefused) {
        // the client's side tells it
      }
    }
  }

  private void pump(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] chunk = new byte[16 * 1024];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        out.write(chunk, 0, n);
        out.flush();
      }
    } catch (IOException closed) {
      // the other direction ends by it, too
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private SSLContext context() throws IOException {
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password.toCharArray());
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, password.toCharArray());
      SSLContext made = SSLContext.getInstance("TLS");
      made.init(managers.getKeyManagers(), null, null);
      return made;
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS with the certificate just made", e);
    }
  }

  private static byte[] random() {
    byte[] bytes = new byte[12];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (Exception closed) {
        // nothing more to do with it
      }
    }
  }
}
