package chatops.local.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Makes the jars of the extension demo-service from its source, one for each kind of processor. */
final class DemoJars {
  private static final String CLASS = "DemoService";

  private DemoJars() {}

  /** @throws IOException when the source does not compile, or there is no compiler */
  static void make(Path source, Path folder) throws IOException {
    Path classes = Files.createTempDirectory(folder, "classes");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IOException("this Java has no compiler; run the demo with a JDK");
    }
    StringWriter said = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      boolean isCompiled = compiler
          .getTask(
              said,
              files,
              null,
              List.of("--release", "17", "-d", classes.toString()),
              null,
              files.getJavaFileObjects(source))
          .call();
      if (!isCompiled) {
        throw new IOException(source + " does not compile: " + said);
      }
    }
    for (String processor : List.of("x86_64", "arm64")) {
      jar(classes, folder.resolve("demo-service-" + processor + ".jar"), processor);
    }
  }

  private static void jar(Path classes, Path file, String processor) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, CLASS);
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      jar.putNextEntry(new JarEntry(CLASS + ".class"));
      jar.write(Files.readAllBytes(classes.resolve(CLASS + ".class")));
      jar.putNextEntry(new JarEntry("processor"));
      jar.write(processor.getBytes(StandardCharsets.UTF_8));
    }
  }
}
