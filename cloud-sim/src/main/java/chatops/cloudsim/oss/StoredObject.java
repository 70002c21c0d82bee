package chatops.cloudsim.oss;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Checksum;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * One object. Its bytes are not copied: nobody changes them.
 *
 * @param metadata {@code x-oss-meta-…} headers by their full lower-case name
 */
public record StoredObject(
    String key,
    byte[] content,
    String contentType,
    Map<String, String> metadata,
    Instant modified) {

  public StoredObject {
    metadata = Map.copyOf(metadata);
  }

  /** In quotes, as the header has it. */
  public String etag() {
    return '"' + DigestUtils.md5Hex(content).toUpperCase(Locale.ROOT) + '"';
  }

  /** {@code x-oss-hash-crc64ecma}, which the official clients compare. */
  public String crc64() {
    Checksum crc = new Crc64();
    crc.update(content, 0, content.length);
    return Long.toUnsignedString(crc.getValue());
  }
}
