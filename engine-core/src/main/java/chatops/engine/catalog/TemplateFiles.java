package chatops.engine.catalog;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** What a template file's place says about it. */
public final class TemplateFiles {
  private TemplateFiles() {}

  /**
   * The template's name: the file's base name when it holds {@code ::}; {@code ACS::<PRODUCT>::<Name>} for a file {@code
   * actions/<PRODUCT>/<Name>.yml}; else the base name. Empty when the file is no template by its extension.
   */
  public static Optional<String> name(Path file) {
    String fileName = String.valueOf(file.getFileName());
    int dot = fileName.lastIndexOf('.');
    String extension = dot < 0 ? "" : fileName.substring(dot + 1);
    if (!extension.equals("yml") && !extension.equals("yaml") && !extension.equals("json")) {
      return Optional.empty();
    }
    String base = fileName.substring(0, dot);
    int count = file.getNameCount();
    boolean isAction =
        !base.contains("::") && count > 2 && file.getName(count - 3).toString().equals("actions");
    return Optional.of(isAction ? "ACS::" + file.getName(count - 2) + "::" + base : base);
  }

  /** The first 12 hex digits of the text's SHA-256. */
  static String version(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
