package chatops.execution.sqlite;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that hold what only their owner may read; the directory around them may be anybody's. */
public final class OwnerOnly {
  private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-------");

  private OwnerOnly() {}

  /**
   * Makes the file if it is not there, and takes away what others may do with it. Where files have no owners' rights, nothing is
   * changed, and a path that can hold no file is left to whoever opens it.
   */
  public static void file(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    boolean isPosix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!isPosix || parent == null || !Files.isDirectory(parent)) {
      return;
    }
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(MODE));
    } catch (FileAlreadyExistsException there) {
      Files.setPosixFilePermissions(file, MODE);
    }
  }
}
