package chatops.front.page;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Scheme, host and port of a web page, so that two spellings of one origin are equal: hosts in any case, the scheme's
 * default port named or left out.
 */
record WebOrigin(String scheme, String host, int port) {

  /** The origin of a URL or of an {@code Origin} header; null when it is none, as {@code null} and the empty text are. */
  static @Nullable WebOrigin of(String url) {
    try {
      URI uri = new URI(url);
      String path = uri.getRawPath();
      boolean isBare = (path == null || path.isEmpty())
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && uri.getRawUserInfo() == null;
      if (uri.getScheme() == null || uri.getHost() == null || !isBare) {
        return null;
      }
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      return new WebOrigin(
          scheme,
          uri.getHost().toLowerCase(Locale.ROOT),
          uri.getPort() < 0 ? defaultPort(scheme) : uri.getPort());
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** Whether a {@code Host} header names this origin; that header has no scheme, so this origin's is supposed. */
  boolean isHost(String header) {
    return !header.isEmpty() && equals(of(scheme + "://" + header));
  }

  private static int defaultPort(String scheme) {
    switch (scheme) {
      case "https":
        return 443;
      case "http":
        return 80;
      default:
        return -1;
    }
  }
}
