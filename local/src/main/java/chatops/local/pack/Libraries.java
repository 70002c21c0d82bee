package chatops.local.pack;

import chatops.local.host.ProductFunction;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The jars of one function: those of its class path as the build wrote it down, our own modules' made of their classes. */
final class Libraries {
  /** All that Front loads on its way to an answer. The client of FC 2 drags in two dozen more. */
  private static final Set<String> FRONT = Set.of(
      "front-fc.jar",
      "chat-core.jar",
      "fc2-client.jar",
      "fc-runtime.jar",
      "fc-java-core-1.4.1.jar");

  /** Annotations, and a store and an API that are for one machine or for a servlet container. */
  private static final Set<String> NOT_HERE = Set.of(
      "jspecify",
      "sqlite-jdbc",
      "javax.servlet-api",
      "error_prone_annotations",
      "j2objc-annotations");

  private final Path root;

  /** @param root of the checkout, built */
  Libraries(Path root) {
    this.root = root;
  }

  /** Puts them into {@code folder} and returns their names in the order of the class path. */
  List<String> copy(ProductFunction function, boolean isFc2, Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> names = new ArrayList<>();
    List<Path> classPath = classPath(function.module());
    try (URLClassLoader libraries =
        new URLClassLoader(urls(classPath), ClassLoader.getPlatformClassLoader())) {
      for (Path entry : classPath) {
        String name = name(entry);
        if (isWanted(function, isFc2, name)) {
          Path jar = folder.resolve(name);
          if (Files.isDirectory(entry)) {
            jar(entry.toRealPath(), jar);
          } else {
            new PackedJar(entry, libraries).copyTo(jar);
          }
          names.add(name);
        }
      }
    }
    return names;
  }

  private static URL[] urls(List<Path> classPath) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path entry : classPath) {
      urls.add(entry.toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  private static boolean isWanted(ProductFunction function, boolean isFc2, String name) {
    if (function == ProductFunction.FRONT && !isFc2) {
      return FRONT.contains(name);
    }
    return NOT_HERE.stream().noneMatch(name::startsWith);
  }

  private List<Path> classPath(String module) throws IOException {
    Path target = root.resolve(module).resolve("target");
    Path list = target.resolve("class-path");
    if (!Files.isRegularFile(list) || !Files.isDirectory(target.resolve("classes"))) {
      throw new PackException("module " + module + " is not built (no " + root.relativize(list)
          + "); run ./chatops build");
    }
    List<Path> entries = new ArrayList<>();
    entries.add(target.resolve("classes"));
    for (String entry : Files.readString(list).strip().split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (!Files.exists(path)) {
        throw new PackException(entry + " is gone since the build; run ./chatops build");
      }
      if (Files.isDirectory(path) && !path.startsWith(root)) {
        throw new PackException(entry + " lies outside of " + root
            + ", which was moved since the build; run ./chatops build");
      }
      // whether a build stopped before it made this module's jar is no matter: ours are always made
      // anew
      entries.add(
          path.startsWith(root) ? root.resolve(module(path)).resolve("target/classes") : path);
    }
    return entries;
  }

  private Path module(Path entry) {
    return root.relativize(entry).getName(0);
  }

  private String name(Path entry) {
    return entry.startsWith(root) ? module(entry) + ".jar" : String.valueOf(entry.getFileName());
  }

  /** The same bytes for the same classes, whenever and wherever. */
  private static void jar(Path classes, Path jar) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(classes)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Path file : files) {
        ZipEntry entry =
            new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/'));
        entry.setTimeLocal(PackedJar.ENTRY_TIME);
        zip.putNextEntry(entry);
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
  }
}
