package chatops.cloudsim.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that every sandbox sees, read-only, as {@code /run/simulator}: the programs that stand in for an instance's own, and the socket of the file endpoint. A sandbox can
 * change nothing in it, and nothing in it is secret.
 */
final class Premises implements AutoCloseable {
  private static final List<String> PROGRAMS = List.of(
      "acs-plugin-manager",
      "aliyun-service",
      "apt",
      "apt-get",
      "arch",
      "curl",
      "dnf",
      "dpkg",
      "rpm",
      "service",
      "sudo",
      "systemctl",
      "uname",
      "web-server",
      "wget",
      "yum");
  private static final List<String> LIBRARY = List.of("boot", "launch", "packages", "receive");

  private final Path folder;

  Premises() {
    try {
      folder = Files.createTempDirectory("chatops-sim");
      open(folder, "rwxr-xr-x");
      copy("bin", PROGRAMS);
      copy("lib", LIBRARY);
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException("cannot prepare the sandboxes' folder", cannotWrite);
    }
  }

  private void copy(String part, List<String> names) throws IOException {
    Path target = Files.createDirectory(folder.resolve(part));
    open(target, "rwxr-xr-x");
    for (String name : names) {
      try (InputStream in = Premises.class.getResourceAsStream(part + "/" + name)) {
        if (in == null) {
          throw new IllegalStateException(
              "the simulator's own " + part + "/" + name + " is missing");
        }
        Files.copy(in, target.resolve(name));
      }
      open(target.resolve(name), "rwxr-xr-x");
    }
  }

  private static void open(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  Path folder() {
    return folder;
  }

  Path socket() {
    return folder.resolve("files.sock");
  }

  /** Lets every user of the machine connect; the endpoint asks for signatures. */
  void openSocket() {
    try {
      open(socket(), "rw-rw-rw-");
    } catch (IOException cannotOpen) {
      throw new UncheckedIOException(cannotOpen);
    }
  }

  /** A small file that scripts read, such as the address of the file endpoint. */
  Path note(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.writeString(file, text, StandardCharsets.UTF_8);
      open(file, "rw-r--r--");
      return file;
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  @Override
  public void close() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException cannotDelete) {
      throw new UncheckedIOException(cannotDelete);
    }
  }
}
