package chatops.local.pack;

import chatops.local.host.ProductFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A note beside each zip of what it was made of, written when the zip was proved to start. A zip that is made again from
 * the same content differs in its archive only, and would be sent to the cloud again for nothing.
 */
final class Seals {
  private final Path folder;

  Seals(Path folder) {
    this.folder = folder;
  }

  /** Whether every zip is there as it was proved, made of just this content. */
  boolean hold(Map<ProductFunction, String> digests) throws IOException {
    for (Map.Entry<ProductFunction, String> each : digests.entrySet()) {
      Path seal = seal(each.getKey());
      Path zip = zip(each.getKey());
      if (!Files.exists(seal)
          || !Files.exists(zip)
          || !Files.readString(seal).equals(text(each.getValue(), zip))) {
        return false;
      }
    }
    return true;
  }

  void breakAll() throws IOException {
    for (ProductFunction function : ProductFunction.values()) {
      Files.deleteIfExists(seal(function));
    }
  }

  void put(Map<ProductFunction, String> digests) throws IOException {
    for (Map.Entry<ProductFunction, String> each : digests.entrySet()) {
      Files.writeString(seal(each.getKey()), text(each.getValue(), zip(each.getKey())));
    }
  }

  private static String text(String digest, Path zip) throws IOException {
    return "content " + digest + "\nzip " + ContentDigest.ofFiles(List.of(zip)) + "\n";
  }

  private Path zip(ProductFunction function) {
    return folder.resolve(function.id() + ".zip");
  }

  private Path seal(ProductFunction function) {
    return folder.resolve(function.id() + ".sha256");
  }
}
