package chatops.front.page;

import chatops.front.http.HttpReply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/** The one style sheet, which every page carries, and the one script, which browsers keep under an address that names its content. */
final class Assets {
  static final String STYLE = read("page.css");

  private static final String SCRIPT = read("live.js");
  private static final String PATH = "/pages/";

  /** Where the script is. */
  static final String SCRIPT_PATH = PATH + plain(SCRIPT) + ".js";

  /**
   * What a page may load: its own style, our script, and from the script our own pages. With {@code form-action} a browser follows
   * no redirect of a form elsewhere.
   */
  static final String POLICY = "default-src 'none'; style-src 'sha256-" + hash(STYLE)
      + "'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private Assets() {}

  static boolean isPath(String path) {
    return path.startsWith(PATH);
  }

  /** Kept by browsers for a year: another script has another address. */
  static HttpReply script(String path) {
    return path.equals(SCRIPT_PATH)
        ? HttpReply.typed(200, "text/javascript; charset=utf-8", SCRIPT)
            .with("Cache-Control", "public, max-age=31536000, immutable")
            .with("X-Content-Type-Options", "nosniff")
        : HttpReply.empty(404);
  }

  private static String read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the package");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(name + " does not read", e);
    }
  }

  private static String plain(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(text)).substring(0, 16);
  }

  private static String hash(String text) {
    return Base64.getEncoder().encodeToString(sha256(text));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
