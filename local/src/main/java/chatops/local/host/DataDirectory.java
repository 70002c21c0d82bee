package chatops.local.host;

import chatops.execution.sqlite.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where one host keeps its store, its keys and its configuration: only its owner may enter, and only one host at a time.
 * A temporary one goes away on {@link #close}.
 */
public final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final boolean temporary;
  private final FileChannel lockFile;

  private DataDirectory(Path path, boolean temporary) throws IOException {
    this.path = path;
    this.temporary = temporary;
    OwnerOnly.file(path.resolve("lock"));
    this.lockFile = FileChannel.open(path.resolve("lock"), StandardOpenOption.WRITE);
    if (!locked(lockFile)) {
      lockFile.close();
      throw new HostException("the directory " + path
          + " is in use by another host; end that one, or name another directory");
    }
  }

  public static DataDirectory temporary() throws IOException {
    return new DataDirectory(Files.createTempDirectory("chatops-"), true);
  }

  /** A directory that stays; made when it is not there. */
  public static DataDirectory kept(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    Files.createDirectories(absolute);
    try {
      Files.setPosixFilePermissions(absolute, PosixFilePermissions.fromString("rwx------"));
    } catch (FileSystemException anothers) {
      // a volume that somebody else owns and lends: each file in it is ours alone all the same
      if (!Files.isWritable(absolute)) throw anothers;
    }
    return new DataDirectory(absolute, false);
  }

  public Path path() {
    return path;
  }

  Path store() {
    return storeIn(path);
  }

  /** Where a host on a directory has its store. */
  public static Path storeIn(Path directory) {
    return directory.resolve("chatops.db");
  }

  /**
   * The keys that seal the rows of a host's store; empty where the directory holds none.
   *
   * @throws HostException when the file of keys is damaged
   */
  public static String sealKeysIn(Path directory) {
    return HostKeys.sealKeysIn(directory);
  }

  void remove(String name) {
    try {
      Files.deleteIfExists(path.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("the file " + path.resolve(name) + " cannot be removed", e);
    }
  }

  /** What the simulated chats remember: a real Slack still has its messages after our host was killed. */
  Path chats() {
    return path.resolve("chats.jsonl");
  }

  /** Writes a file whole or not at all, readable by its owner only. */
  Path write(String name, String content) {
    Path file = path.resolve(name);
    Path draft = path.resolve(name + ".new");
    try {
      Files.deleteIfExists(draft);
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(draft, content);
      return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the file " + file + " cannot be written", e);
    }
  }

  @Nullable
  String read(String name) {
    Path file = path.resolve(name);
    try {
      return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : null;
    } catch (IOException e) {
      throw new UncheckedIOException("the file " + file + " cannot be read", e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
    if (!temporary) return;
    List<Path> inside;
    try (Stream<Path> walk = Files.walk(path)) {
      inside = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : inside) {
      Files.deleteIfExists(each);
    }
  }
}
