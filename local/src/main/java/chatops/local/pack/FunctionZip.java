package chatops.local.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.UnrecognizedExtraField;
import org.apache.commons.compress.archivers.zip.X5455_ExtendedTimestamp;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The zip of a function's folder: the same bytes for the same content, with what may be executed marked so. Every file bears
 * {@link #TIME}, in UTC too, and {@code bootstrap} two seconds more.
 */
final class FunctionZip {
  private static final int FILE = 0100000;
  private static final int EXECUTABLE = FILE | 0755;
  private static final int PLAIN = FILE | 0644;

  /** As good as any other that the format can carry in every time zone. */
  static final FileTime TIME = FileTime.from(Instant.parse("2000-01-01T00:00:00Z"));

  private FunctionZip() {}

  /** @return the zip */
  static Path write(Path folder, Path zip) throws IOException {
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
      for (Path file : files(folder)) {
        ZipArchiveEntry entry = new ZipArchiveEntry(folder.relativize(file).toString());
        setTime(
            entry,
            entry.getName().equals("bootstrap")
                ? TIME.toInstant().plusSeconds(2)
                : TIME.toInstant());
        entry.setSize(Files.size(file));
        entry.setUnixMode(Files.isExecutable(file) ? EXECUTABLE : PLAIN);
        out.putArchiveEntry(entry);
        Files.copy(file, out);
        out.closeArchiveEntry();
      }
    }
    return zip;
  }

  private static void setTime(ZipArchiveEntry entry, Instant time) {
    // the format's own field is local time without its zone: the same bytes in every zone
    entry.setTime(time.atZone(ZoneOffset.UTC)
        .withZoneSameLocal(ZoneId.systemDefault())
        .toInstant()
        .toEpochMilli());
    // given as the library's own kind of field, it would take the place of the time just set
    UnrecognizedExtraField utc = new UnrecognizedExtraField();
    utc.setHeaderId(X5455_ExtendedTimestamp.HEADER_ID);
    byte[] seconds = ByteBuffer.allocate(5)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(X5455_ExtendedTimestamp.MODIFY_TIME_BIT)
        .putInt(Math.toIntExact(time.getEpochSecond()))
        .array();
    utc.setLocalFileDataData(seconds);
    utc.setCentralDirectoryData(seconds);
    entry.addExtraField(utc);
  }

  /** Without the times, which not everybody who unpacks sets. */
  static void unpack(Path zip, Path folder) throws IOException {
    try (ZipFile file = ZipFile.builder().setPath(zip).get()) {
      for (var entries = file.getEntries(); entries.hasMoreElements(); ) {
        ZipArchiveEntry entry = entries.nextElement();
        Path to = folder.resolve(entry.getName()).normalize();
        if (!to.startsWith(folder)) {
          throw new IOException("entry " + entry.getName() + " leads out of the folder");
        }
        Files.createDirectories(to.resolveSibling(""));
        try (var in = file.getInputStream(entry)) {
          Files.copy(in, to);
        }
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(
            entry.getUnixMode() == EXECUTABLE ? "rwxr-xr-x" : "rw-r--r--");
        Files.setPosixFilePermissions(to, permissions);
      }
    }
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
