package chatops.chat.fc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where FC listens, checked once: {@code https} for any host, {@code http} for this machine only, because FC's
 * signature leaves every {@code x-fc-*} header open to whoever sits on the line.
 *
 * @param host the {@code Host} header: without the port where it is the scheme's own
 */
public record Endpoint(String scheme, String host) {
  /** @param text e.g. {@code https://1234567890123456.cn-hangzhou-internal.fc.aliyuncs.com} */
  public static Endpoint parse(String text) {
    URI uri = uri(text);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String name = uri.getHost();
    if (name == null || (!scheme.equals("https") && !scheme.equals("http"))) {
      throw refused("is not of the form https://host[:port]");
    }
    if (uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || hasPath(uri)) {
      throw refused("carries more than scheme, host and port");
    }
    if (scheme.equals("http") && !isLoopback(name)) {
      throw refused("uses http to another machine; use https");
    }
    int own = scheme.equals("https") ? 443 : 80;
    boolean bare = uri.getPort() == -1 || uri.getPort() == own;
    return new Endpoint(scheme, bare ? name : name + ":" + uri.getPort());
  }

  /** The in-region address of an account: no internet traffic, and the account in the host name as FC wants it. */
  public static Endpoint ofAccount(String accountId, String region) {
    return parse("https://" + accountId + "." + region + "-internal.fc.aliyuncs.com");
  }

  private static URI uri(String text) {
    try {
      return new URI(text.strip());
    } catch (URISyntaxException malformed) {
      throw refused("is not a URL");
    }
  }

  private static boolean hasPath(URI uri) {
    @Nullable String path = uri.getRawPath();
    return path != null && !path.isEmpty() && !path.equals("/");
  }

  private static boolean isLoopback(String name) {
    return name.equals("localhost") || name.equals("[::1]") || isLoopbackV4(name);
  }

  private static boolean isLoopbackV4(String name) {
    if (!name.startsWith("127.")) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '.' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  // the text itself stays out of the message: a mistaken setting may well hold a key
  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("the FC endpoint (FC_ENDPOINT) " + why);
  }

  @Override
  public String toString() {
    return scheme + "://" + host;
  }
}
