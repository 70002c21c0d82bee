package chatops.local.crash;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The class path of this process for many short processes: in jars, because a shared archive of loaded classes, which halves what
 * it costs to start, takes nothing else.
 */
public final class EngineClasses {
  private final List<String> options;

  private EngineClasses(List<String> options) {
    this.options = options;
  }

  /** As this process has it. */
  static EngineClasses plain() {
    return new EngineClasses(List.of("-cp", System.getProperty("java.class.path")));
  }

  /** The first process, which has to end well, leaves the archive there. */
  public static EngineClasses archiving(Path folder) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        jars.add(jar(path, folder.resolve("classes-" + jars.size() + ".jar")).toString());
      } else if (Files.exists(path)) {
        jars.add(entry);
      }
    }
    return new EngineClasses(List.of(
        "-XX:ArchiveClassesAtExit=" + archive(folder),
        "-cp",
        String.join(File.pathSeparator, jars)));
  }

  /** All others. */
  public EngineClasses archived(Path folder) {
    List<String> changed = new ArrayList<>(options);
    changed.set(0, "-XX:SharedArchiveFile=" + archive(folder));
    return new EngineClasses(changed);
  }

  private static Path archive(Path folder) {
    return folder.resolve("engine.jsa");
  }

  public List<String> options() {
    return options;
  }

  private static Path jar(Path directory, Path to) throws IOException {
    try (OutputStream file = Files.newOutputStream(to);
        JarOutputStream jar = new JarOutputStream(file);
        Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
        String name = directory.relativize(path).toString().replace(File.separatorChar, '/');
        jar.putNextEntry(new JarEntry(name));
        Files.copy(path, jar);
        jar.closeEntry();
      }
    }
    return to;
  }
}
