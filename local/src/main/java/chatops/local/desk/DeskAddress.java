package chatops.local.desk;

import chatops.local.host.HostException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a running host takes commands: a Unix socket, which a file in the host's directory names.
 *
 * @param isShared whether it was put where other users of the machine may come to it
 */
public record DeskAddress(Path socket, boolean isShared) {
  /** The file's name. */
  public static final String FILE = "desk.properties";

  /** What the shortest of the operating systems takes (unix(7)). */
  private static final int LONGEST = 100;

  private static final String NAME = "socket=";

  /**
   * The usual place, inside the directory; beside it in a short-named one of the same owner where the directory's name is too
   * long for a socket.
   *
   * @param wanted where it is to be instead, for other users; null for the usual place
   */
  public static DeskAddress of(Path directory, @Nullable Path wanted) throws IOException {
    if (wanted != null) {
      Path absolute = wanted.toAbsolutePath().normalize();
      Path folder = absolute.getParent();
      if (!fits(absolute) || folder == null || !Files.isDirectory(folder)) {
        throw new HostException("a socket cannot be made at " + absolute
            + "; name a file in a folder that exists, with at most " + LONGEST + " characters");
      }
      return new DeskAddress(absolute, true);
    }
    Path usual = directory.resolve("desk.sock");
    return new DeskAddress(
        fits(usual) ? usual : Files.createTempDirectory("chatops-desk-").resolve("desk.sock"),
        false);
  }

  private static boolean fits(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST;
  }

  /** The socket that a host's directory names. @throws HostException when no host runs there */
  static Path named(Path directory) {
    Path file = directory.resolve(FILE);
    try {
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          if (line.startsWith(NAME)) {
            return Path.of(line.substring(NAME.length()));
          }
        }
      }
    } catch (IOException e) {
      throw new HostException(
          "the file " + file + " cannot be read; who may, is the host's owner", e);
    }
    throw new HostException("no host runs on " + directory
        + "; start one with ./chatops demo --keep DIR, and name the same DIR");
  }

  public String lines() {
    return NAME + socket + "\n";
  }
}
