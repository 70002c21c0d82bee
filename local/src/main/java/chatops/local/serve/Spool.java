package chatops.local.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * Messages that were acknowledged and are not done: one file each, on disk before anybody is told "accepted", gone when it is
 * done. Messages are sealed by who sends them. For one process; thread-safe.
 *
 * @param folder of its own, readable to nobody else
 */
record Spool(Path folder) {
  private static final String WHOLE = ".message";
  private static final String PART = "part-";

  /** @throws IOException when messages cannot be kept there */
  static Spool in(Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, PART + "*")) {
      // of a process that was killed before it had answered
      for (Path each : unfinished) {
        Files.delete(each);
      }
    }
    // else every message would be refused, one after the other
    Files.delete(Files.createTempFile(folder, PART, ""));
    return new Spool(folder);
  }

  /**
   * @param id letters, digits, {@code _} and {@code -}
   * @return false when a message of this id waits already
   * @throws IOException when the disk does not take it; then nothing of it is kept
   */
  boolean put(String id, byte[] message) throws IOException {
    Path file = folder.resolve(id + WHOLE);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Path part = Files.createTempFile(folder, PART, "");
    try {
      try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(message);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException twice) {
      return false;
    } finally {
      Files.deleteIfExists(part);
    }
    try {
      sync();
    } catch (IOException unsure) {
      Files.deleteIfExists(file);
      throw unsure;
    }
    return true;
  }

  /** The name in its folder, too, outlives a power cut. */
  private void sync() throws IOException {
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  byte[] read(String id) throws IOException {
    return Files.readAllBytes(folder.resolve(id + WHOLE));
  }

  void done(String id) throws IOException {
    Files.deleteIfExists(folder.resolve(id + WHOLE));
  }

  /** What an earlier process left, in no order. */
  List<String> left() throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(WHOLE))
          .map(name -> name.substring(0, name.length() - WHOLE.length()))
          .toList();
    }
  }
}
