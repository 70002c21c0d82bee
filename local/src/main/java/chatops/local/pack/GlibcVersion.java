package chatops.local.pack;

import java.util.Comparator;
import java.util.Optional;

/** A version of glibc, as symbols name the one they came with. */
record GlibcVersion(int major, int minor) implements Comparable<GlibcVersion> {
  static final GlibcVersion NONE = new GlibcVersion(0, 0);

  private static final Comparator<GlibcVersion> ORDER =
      Comparator.comparingInt(GlibcVersion::major).thenComparingInt(GlibcVersion::minor);

  /** @return empty for {@code GLIBC_PRIVATE} and for other libraries' versions */
  static Optional<GlibcVersion> ofSymbol(String version) {
    if (!version.matches("GLIBC_\\d{1,3}\\.\\d{1,3}(\\.\\d{1,3})?")) {
      return Optional.empty();
    }
    String[] parts = version.substring("GLIBC_".length()).split("\\.", -1);
    return Optional.of(new GlibcVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
  }

  static GlibcVersion newer(GlibcVersion one, GlibcVersion other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  @Override
  public int compareTo(GlibcVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
