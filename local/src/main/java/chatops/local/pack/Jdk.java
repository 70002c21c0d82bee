package chatops.local.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A Java development kit on this machine that can link images.
 *
 * @param version as its {@code release} file says
 * @param system such as {@code Linux x86_64}; empty where the file does not say
 */
record Jdk(Path home, int major, String version, String system) {
  private static final int OLDEST = 17;
  private static final Path INSTALLED = Path.of("/usr/lib/jvm");

  /** @throws PackException when there is no JDK of version 17 or newer with jlink */
  static Jdk at(Path home) {
    Optional<Jdk> read = read(home);
    if (read.isPresent() && !read.get().isOfThisMachine()) {
      throw new PackException("--jdk " + home + ": a JDK for " + read.get().system()
          + ", this machine is " + here() + "; name one of this machine");
    }
    return read.filter(Jdk::isUsable)
        .orElseThrow(() -> new PackException("--jdk " + home + ": no JDK " + OLDEST
            + " or newer with bin/jlink; name the folder that holds bin/ and release"));
  }

  /** The newest at hand: {@code JAVA_HOME}, what this program runs on, and {@code /usr/lib/jvm}. */
  static Jdk newest(Map<String, String> environment) {
    List<Path> homes = new ArrayList<>();
    String named = environment.getOrDefault("JAVA_HOME", "");
    if (!named.isEmpty()) {
      homes.add(Path.of(named));
    }
    homes.add(Path.of(System.getProperty("java.home")));
    homes.addAll(installed());
    return homes.stream()
        .map(Jdk::read)
        .flatMap(Optional::stream)
        .filter(Jdk::isUsable)
        .max(Comparator.comparingInt(Jdk::major))
        .orElseThrow(() -> new PackException("no JDK " + OLDEST
            + " or newer with jlink found; install one, or name it with --jdk DIR"));
  }

  private static List<Path> installed() {
    if (!Files.isDirectory(INSTALLED)) {
      return List.of();
    }
    try (Stream<Path> homes = Files.list(INSTALLED)) {
      return homes.sorted().toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static Optional<Jdk> read(Path home) {
    Properties release = new Properties();
    try (var in = Files.newBufferedReader(home.resolve("release"))) {
      release.load(in);
    } catch (IOException none) {
      return Optional.empty();
    }
    String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
    try {
      int major = Integer.parseInt(version.replaceFirst("[^0-9].*", ""));
      String system = (release.getProperty("OS_NAME", "") + " "
              + release.getProperty("OS_ARCH", ""))
          .replace("\"", "")
          .strip();
      return Optional.of(new Jdk(home.toAbsolutePath().normalize(), major, version, system));
    } catch (NumberFormatException strange) {
      return Optional.empty();
    }
  }

  private static String here() {
    return System.getProperty("os.name", "") + " " + System.getProperty("os.arch", "");
  }

  private boolean isOfThisMachine() {
    return system.isEmpty()
        || system.replace("amd64", "x86_64").equalsIgnoreCase(here().replace("amd64", "x86_64"))
        || !here().startsWith("Linux");
  }

  private boolean isUsable() {
    return major >= OLDEST && isOfThisMachine() && Files.isExecutable(tool("jlink"));
  }

  Path tool(String name) {
    return home.resolve("bin").resolve(name);
  }

  @Override
  public String toString() {
    return version + " (" + home + ")";
  }
}
