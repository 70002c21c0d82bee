package chatops.local.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file system with little room, of which a file takes all that is left.
 *
 * @param ballast the file, which is absent while there is room
 */
record SmallDisk(Path ballast) {
  private static final int MOST = 1 << 30;

  SmallDisk {
    try {
      if (Files.getFileStore(ballast.getParent()).getTotalSpace() > MOST) {
        throw new IllegalArgumentException(
            ballast + " would fill a disk of more than 1 GB; name a folder on a smaller one");
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(ballast + ": no folder to write in", e);
    }
  }

  void fill() throws IOException {
    byte[] block = new byte[64 * 1024];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      // of the last write a part was taken, so that nothing is left
    }
  }

  void free() throws IOException {
    Files.deleteIfExists(ballast);
  }
}
