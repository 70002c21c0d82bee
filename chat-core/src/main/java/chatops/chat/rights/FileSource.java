package chatops.chat.rights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A file on disk, told to be another one by its size, its time and its identity. */
public final class FileSource implements RightsSource {
  /** A file written less than this ago may not be whole yet. */
  private static final Duration SETTLED = Duration.ofSeconds(1);

  /** Reads the bytes of a configuration. */
  public interface Form {
    /** @throws RuntimeException when they are none; says what is wrong */
    Configuration read(byte[] bytes);
  }

  /** The flat form that {@code ./chatops config compile} writes. */
  public static final Form FLAT = new Form() {
    @Override
    public Configuration read(byte[] bytes) {
      return ConfigurationJson.read(bytes);
    }
  };

  private final Path file;
  private final Form form;
  private final InstantSource clock;
  private String seen;

  /** @param isSeen whether the file as it stands was read already, by whoever started with it */
  public FileSource(Path file, Form form, InstantSource clock, boolean isSeen) {
    this.file = file;
    this.form = form;
    this.clock = clock;
    this.seen = isSeen ? stampOrNone() : "";
  }

  @Override
  public @Nullable Configuration newer() throws IOException {
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    String stamp = stamp(now);
    Duration age = Duration.between(now.lastModifiedTime().toInstant(), clock.instant());
    boolean mayGrow = !age.isNegative() && age.compareTo(SETTLED) < 0;
    if (stamp.equals(seen) || mayGrow && !seen.isEmpty()) {
      return null;
    }
    Configuration configuration = form.read(Files.readAllBytes(file));
    seen = stamp;
    return configuration;
  }

  private String stampOrNone() {
    try {
      return stamp(Files.readAttributes(file, BasicFileAttributes.class));
    } catch (IOException e) {
      return "";
    }
  }

  private static String stamp(BasicFileAttributes attributes) {
    return attributes.size() + " " + attributes.lastModifiedTime().toInstant() + " "
        + attributes.fileKey();
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
