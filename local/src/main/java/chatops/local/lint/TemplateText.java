package chatops.local.lint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The bytes of one file, as many as a template may have and one more. */
public record TemplateText(byte[] bytes) {
  /** Most bytes of a template. */
  static final int LARGEST = 64 * 1024;

  private static final Pattern FORMAT_VERSION =
      Pattern.compile("(^|[\\s{,\"'])FormatVersion[\"']?\\s*:");

  public static TemplateText read(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      return new TemplateText(stream.readNBytes(LARGEST + 1));
    }
  }

  public boolean isTooLarge() {
    return bytes.length > LARGEST;
  }

  /** Whether the file says that it is an OOS template; even when the rest of it cannot be read. */
  public boolean namesFormatVersion() {
    return FORMAT_VERSION
        .matcher(new String(bytes, StandardCharsets.ISO_8859_1))
        .find();
  }

  /** @throws CharacterCodingException when the bytes are no UTF-8 text */
  public String text() throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
