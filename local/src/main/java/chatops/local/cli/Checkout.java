package chatops.local.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that {@code ./chatops} started this program from. */
final class Checkout {
  private Checkout() {}

  /** @throws CommandFailure when there is none */
  static Path root() {
    Path root = Path.of(System.getProperty("chatops.root", "")).toAbsolutePath().normalize();
    if (!Files.isRegularFile(root.resolve("s.yaml"))) {
      throw new CommandFailure("no checkout at " + root
          + "; start this with ./chatops from a checkout, or name it with -Dchatops.root=DIR");
    }
    return root;
  }
}
