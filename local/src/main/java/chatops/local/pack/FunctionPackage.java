package chatops.local.pack;

import chatops.local.host.ProductFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * One function's package.
 *
 * @param bytes of the zip
 * @param parts bytes of what is in it, unpacked, by first folder or file
 * @param archive its file of loaded classes
 * @param digest SHA-256 of everything else in it
 * @param isKept whether it is an earlier run's, whose content this run would not change
 */
public record FunctionPackage(
    ProductFunction function,
    Path zip,
    long bytes,
    Map<String, Long> parts,
    String archive,
    String digest,
    boolean isKept) {
  private static final long MB = 1_000_000;

  static FunctionPackage of(
      ProductFunction function, Path zip, String archive, String digest, boolean isKept)
      throws IOException {
    Map<String, Long> parts = new LinkedHashMap<>();
    try (ZipFile file = ZipFile.builder().setPath(zip).get()) {
      for (var entries = file.getEntries(); entries.hasMoreElements(); ) {
        ZipArchiveEntry entry = entries.nextElement();
        parts.merge(entry.getName().replaceFirst("/.*", ""), entry.getSize(), Long::sum);
      }
    }
    return new FunctionPackage(function, zip, Files.size(zip), parts, archive, digest, isKept);
  }

  /** The most a zip may have: Function Compute fetches and unpacks it at each cold start. */
  long limit() {
    return switch (function) {
      case FRONT -> 45 * MB;
      case EXECUTION -> 80 * MB;
    };
  }

  void checkSize() {
    if (bytes > limit()) {
      throw new PackException(zip + " has " + megabytes(bytes) + ", at most " + megabytes(limit())
          + " expected. The largest parts: " + String.join(", ", lines()));
    }
  }

  /** What a person wants to know of it. */
  public List<String> lines() {
    return parts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(part -> part.getKey() + " " + megabytes(part.getValue()))
        .toList();
  }

  /** Such as {@code 27.5 MB}. */
  public static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", (double) bytes / MB);
  }
}
