package chatops.chat.url;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/**
 * Decides which URLs a template or a message may have called: {@code https}, a host of the configuration, no user, port 443, and
 * an address on the public internet. Immutable.
 */
public final class UrlGuard {
  /** Finds the addresses of a host. */
  public interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private static final int LONGEST = 8192;

  /** Which hosts may be called, asked at every check. */
  public interface Hosts {
    /** Exact names or {@code *.example.com}. */
    List<String> allowed();
  }

  private final Hosts hosts;
  private final boolean loopbackAllowed;
  private final Resolver resolver;

  /**
   * @param hosts exact names or {@code *.example.com}
   * @param loopbackAllowed whether {@code http} and {@code https} to this machine, any port, pass as well: only the one-machine
   *     host says so
   */
  public UrlGuard(List<String> hosts, boolean loopbackAllowed, Resolver resolver) {
    this(fixed(hosts), loopbackAllowed, resolver);
  }

  /** As {@link #UrlGuard(List, boolean, Resolver)}, for hosts that a changed configuration changes. */
  public UrlGuard(Hosts hosts, boolean loopbackAllowed, Resolver resolver) {
    this.hosts = hosts;
    this.loopbackAllowed = loopbackAllowed;
    this.resolver = resolver;
  }

  /** With the machine's own resolver. */
  public static UrlGuard of(List<String> hosts, boolean loopbackAllowed) {
    return of(fixed(hosts), loopbackAllowed);
  }

  /** With the machine's own resolver. */
  public static UrlGuard of(Hosts hosts, boolean loopbackAllowed) {
    return new UrlGuard(hosts, loopbackAllowed, new Resolver() {
      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        return InetAddress.getAllByName(host);
      }
    });
  }

  private static Hosts fixed(List<String> hosts) {
    List<String> copy = List.copyOf(hosts);
    return new Hosts() {
      @Override
      public List<String> allowed() {
        return copy;
      }
    };
  }

  /**
   * Checks everything but the address, without a look-up.
   *
   * @throws UrlRefusedException says which rule the URL breaks
   */
  public URI checkForm(String url) {
    URI uri = parse(url);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    if (host == null || uri.isOpaque()) {
      throw new UrlRefusedException("the URL names no host; expected https://<host>/…");
    }
    if (!authority(uri).equalsIgnoreCase(uri.getRawAuthority())) {
      throw new UrlRefusedException(
          "the URL carries a user, or a host that reads in two ways; expected a plain host name");
    }
    if (loopbackAllowed
        && isLoopbackName(host)
        && (scheme.equals("http") || scheme.equals("https"))) {
      return uri;
    }
    if (!scheme.equals("https")) {
      throw new UrlRefusedException("the URL is not https");
    }
    if (!HostName.isName(host)) {
      throw new UrlRefusedException("the URL's host is an address, not a name");
    }
    if (!HostName.isCovered(host, hosts.allowed())) {
      throw new UrlRefusedException(
          "host " + host.toLowerCase(Locale.ROOT) + " is not in outbound.hosts of chatops.yaml");
    }
    if (uri.getPort() != -1 && uri.getPort() != 443) {
      throw new UrlRefusedException("the URL's port is " + uri.getPort() + "; expected 443");
    }
    return uri;
  }

  /**
   * Checks everything, addresses included.
   *
   * @throws UrlRefusedException says which rule the URL breaks
   * @throws IOException when the host is not found: may pass later
   */
  public GuardedUrl check(String url) throws IOException {
    URI uri = checkForm(url);
    boolean local = loopbackAllowed && isLoopbackName(uri.getHost());
    InetAddress[] addresses;
    try {
      addresses = resolver.resolve(uri.getHost());
    } catch (UnknownHostException e) {
      throw new IOException("host " + uri.getHost() + " is not found", e);
    }
    if (addresses.length == 0) {
      throw new IOException("host " + uri.getHost() + " is not found");
    }
    for (InetAddress address : addresses) {
      // all of them, because a connection tries one after the other
      if (local ? !address.isLoopbackAddress() : !PublicAddress.isPublic(address)) {
        throw new UrlRefusedException(
            "host " + uri.getHost() + " has an address that is not on the public internet");
      }
    }
    return new GuardedUrl(uri, local);
  }

  private static URI parse(String url) {
    if (url.length() > LONGEST) {
      throw new UrlRefusedException(
          "the URL has " + url.length() + " characters; at most " + LONGEST);
    }
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c <= ' ' || c >= 127 || c == '\\') {
        throw new UrlRefusedException("the URL has a character that must be percent-encoded");
      }
    }
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new UrlRefusedException("this is not a URL: " + e.getReason() + " at " + e.getIndex());
    }
  }

  private static String authority(URI uri) {
    return uri.getPort() == -1 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  private static boolean isLoopbackName(String host) {
    return host.equals("127.0.0.1") || host.equals("[::1]") || host.equals("localhost");
  }
}
