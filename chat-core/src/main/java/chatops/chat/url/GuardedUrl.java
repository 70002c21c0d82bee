package chatops.chat.url;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** A URL the guard let pass, and the only way to open it. */
public final class GuardedUrl {
  private final URI uri;
  private final boolean local;

  GuardedUrl(URI uri, boolean local) {
    this.uri = uri;
    this.local = local;
  }

  public URI uri() {
    return uri;
  }

  /**
   * A connection that follows no redirect, uses no proxy, and refuses to speak when the host turns out to have another
   * kind of address than at the check. Set the time-outs, and {@code setFixedLengthStreamingMode} for a body: without it the
   * JDK may send the body a second time by itself.
   */
  public HttpURLConnection open() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    if (!local && connection instanceof HttpsURLConnection) {
      HttpsURLConnection https = (HttpsURLConnection) connection;
      https.setSSLSocketFactory(new CheckedSockets(https.getSSLSocketFactory()));
    }
    return connection;
  }

  /** Shows the host only: the path may be a credential. */
  @Override
  public String toString() {
    return "GuardedUrl[" + uri.getHost() + "]";
  }

  /**
   * Looks at the address a socket is connected to before the first byte is sent. {@code HttpsURLConnection} connects a plain
   * socket itself, because {@link #createSocket()} is left unsupported here, and has it wrapped.
   */
  static final class CheckedSockets extends SSLSocketFactory {
    private final SSLSocketFactory sockets;

    CheckedSockets(SSLSocketFactory sockets) {
      this.sockets = sockets;
    }

    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean autoClose)
        throws IOException {
      if (connected.getInetAddress() == null
          || !PublicAddress.isPublic(connected.getInetAddress())) {
        connected.close();
        throw new IOException(
            "host " + host + " moved to an address that is not on the public internet");
      }
      return sockets.createSocket(connected, host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      throw unchecked();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
        throws IOException {
      throw unchecked();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      throw unchecked();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
        throws IOException {
      throw unchecked();
    }

    private static IOException unchecked() {
      return new IOException("only connected sockets can be checked");
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return sockets.getSupportedCipherSuites();
    }
  }
}
