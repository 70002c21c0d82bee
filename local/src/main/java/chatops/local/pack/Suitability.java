package chatops.local.pack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Whether the programs and libraries of a packed Java run on the chosen runtime's image. */
final class Suitability {
  private final FcRuntime runtime;

  Suitability(FcRuntime runtime) {
    this.runtime = runtime;
  }

  /**
   * @return the newest glibc that anything asks for
   * @throws PackException naming the file that will not run, and the remedy
   */
  GlibcVersion check(Path jre) {
    GlibcVersion newest = GlibcVersion.NONE;
    for (Path each : programs(jre)) {
      NativeFile file = read(each);
      check(file, jre.relativize(each));
      newest = GlibcVersion.newer(newest, file.glibc());
    }
    return newest;
  }

  private void check(NativeFile file, Path name) {
    if (file.format() != NativeFile.Format.ELF) {
      throw refused(name, "is a " + file.format() + " file and no ELF file of Linux", elsewhere());
    }
    if (!file.processor().equals("x86-64")) {
      throw refused(name, "is for " + file.processor() + ", the runtime for x86-64", elsewhere());
    }
    if (file.interpreter().contains("musl")) {
      throw refused(
          name,
          "needs musl (" + file.interpreter() + "), the runtime has glibc",
          "take a JDK for glibc, such as Temurin's \"Linux x64\"");
    }
    if (file.glibc().compareTo(runtime.glibc()) > 0) {
      throw refused(
          name,
          "needs glibc " + file.glibc() + ", the runtime has " + runtime.glibc(),
          newerRuntime(file.glibc())
              + "take a JDK built for older systems with --jdk, such as Temurin's \"Linux x64\" (glibc 2.17)");
    }
  }

  private static String elsewhere() {
    return "run ./chatops package on Linux x86-64, with a JDK of that machine";
  }

  private static String newerRuntime(GlibcVersion needed) {
    for (FcRuntime each : FcRuntime.values()) {
      if (each.glibc().compareTo(needed) >= 0) {
        return "choose --runtime " + each.id() + " and the same runtime in s.yaml, or ";
      }
    }
    return "";
  }

  private PackException refused(Path name, String found, String remedy) {
    return new PackException("the packed Java does not run on " + runtime.id() + ": " + name + " "
        + found + ". " + Character.toUpperCase(remedy.charAt(0)) + remedy.substring(1) + ".");
  }

  private static NativeFile read(Path file) {
    try {
      return NativeFile.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> programs(Path jre) {
    try (Stream<Path> files = Files.walk(jre)) {
      return files
          .filter(Files::isRegularFile)
          .filter(Suitability::isProgram)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the Java at " + jre + " cannot be read", e);
    }
  }

  private static boolean isProgram(Path file) {
    String name = file.getFileName().toString();
    Path parent = file.getParent();
    boolean inBin = parent != null && parent.endsWith("bin");
    return inBin
        || name.endsWith(".so")
        || name.endsWith(".dylib")
        || name.endsWith(".dll")
        || name.equals("jspawnhelper");
  }
}
