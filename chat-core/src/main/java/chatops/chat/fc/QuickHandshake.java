package chatops.chat.fc;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS with X25519 alone for the key exchange, as long as the peer takes it: Java sends a key of P-256 beside it, which takes an interpreting
 * JVM 80 ms to make and is thrown away. After a handshake that failed, whyever, everything is offered as usual: nothing was sent yet, and
 * whoever hands over tries twice. Thread-safe.
 */
final class QuickHandshake extends SSLSocketFactory {
  private static final String[] GROUPS = {"x25519"};

  private static volatile @Nullable QuickHandshake quick;
  private static volatile boolean isRefused;

  private final SSLSocketFactory usual;
  private final Method groups;

  private QuickHandshake(SSLSocketFactory usual, Method groups) {
    this.usual = usual;
    this.groups = groups;
  }

  /** @param usual Java's own factory, answered where the groups cannot be chosen, or the peer did not like them */
  static SSLSocketFactory or(SSLSocketFactory usual) {
    if (isRefused) {
      return usual;
    }
    QuickHandshake known = quick;
    if (known != null) {
      // one for all: connections are kept by their factory
      return known;
    }
    return first(usual);
  }

  private static synchronized SSLSocketFactory first(SSLSocketFactory usual) {
    if (quick == null) {
      try {
        quick = new QuickHandshake(
            usual, SSLParameters.class.getMethod("setNamedGroups", String[].class));
      } catch (NoSuchMethodException beforeJava20) {
        isRefused = true;
      }
    }
    return quick == null ? usual : quick;
  }

  /** What became of an exchange. */
  static void failed(IOException why) {
    if (why instanceof SSLHandshakeException) {
      isRefused = true;
    }
  }

  /** As if this process had just begun. */
  static void forget() {
    isRefused = false;
  }

  private Socket quick(Socket socket) throws IOException {
    SSLSocket own = (SSLSocket) socket;
    SSLParameters parameters = own.getSSLParameters();
    try {
      groups.invoke(parameters, (Object) GROUPS);
    } catch (ReflectiveOperationException unusable) {
      isRefused = true;
      throw new SocketException("key exchange groups cannot be chosen: " + unusable);
    }
    own.setSSLParameters(parameters);
    return socket;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return usual.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return usual.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket() throws IOException {
    return quick(usual.createSocket());
  }

  @Override
  public Socket createSocket(Socket plain, String host, int port, boolean isOwned)
      throws IOException {
    return quick(usual.createSocket(plain, host, port, isOwned));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return quick(usual.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return quick(usual.createSocket(host, port, from, fromPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return quick(usual.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return quick(usual.createSocket(host, port, from, fromPort));
  }
}
