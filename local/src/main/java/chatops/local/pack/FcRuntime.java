package chatops.local.pack;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The custom runtimes of Function Compute that a package may be made for (manual, "Custom runtime"): Debian images without
 * a Java, x86-64 all of them.
 */
public enum FcRuntime {
  DEBIAN9("custom", 24),
  DEBIAN10("custom.debian10", 28),
  DEBIAN11("custom.debian11", 31),
  DEBIAN12("custom.debian12", 36);

  private final String id;
  private final int glibcMinor;

  FcRuntime(String id, int glibcMinor) {
    this.id = id;
    this.glibcMinor = glibcMinor;
  }

  /** As {@code s.yaml} names it. */
  public String id() {
    return id;
  }

  /** The image's glibc, 2.x. */
  GlibcVersion glibc() {
    return new GlibcVersion(2, glibcMinor);
  }

  /** @throws PackException naming the runtimes there are */
  public static FcRuntime named(String id) {
    for (FcRuntime runtime : values()) {
      if (runtime.id.equals(id)) {
        return runtime;
      }
    }
    throw new PackException("runtime \"" + id + "\": expected "
        + Arrays.stream(values()).map(FcRuntime::id).collect(Collectors.joining(", ")));
  }
}
