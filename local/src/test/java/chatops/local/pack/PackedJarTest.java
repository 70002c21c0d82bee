package chatops.local.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that an archive of loaded classes would pass over, and those that it would not. */
class PackedJarTest {
  private static final int JAVA_6 = 50;

  @TempDir
  Path folder;

  @Test
  void leavesASignatureOutAndSaysSo() throws IOException {
    Path packed = packed("bcprov-jdk18on");
    try (JarFile before = new JarFile(library("bcprov-jdk18on").toFile());
        JarFile after = new JarFile(packed.toFile())) {
      assertThat(after.stream().map(JarEntry::getName))
          .doesNotContain("META-INF/BC2048KE.SF", "META-INF/BC2048KE.DSA")
          .contains("META-INF/services/java.security.Provider");
      Manifest manifest = after.getManifest();
      assertThat(manifest.getMainAttributes().get(PackedJar.CHANGED))
          .isEqualTo("signature left out; 0 classes in a newer format");
      assertThat(manifest.getEntries()).isEmpty();
      String provider = "org/bouncycastle/jce/provider/BouncyCastleProvider.class";
      assertThat(bytes(after, provider)).isEqualTo(bytes(before, provider));
    }
  }

  @Test
  void writesOldClassesAnewSoThatTheyPassTheVerifier() throws IOException {
    Path packed = packed("tablestore-shaded-httpasyncclient");
    List<URL> urls = new ArrayList<>(List.of(packed.toUri().toURL()));
    urls.addAll(classPath());
    List<String> old = new ArrayList<>();
    try (JarFile jar = new JarFile(packed.toFile());
        URLClassLoader loader =
            new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().endsWith(".class")) {
          String name = entry.getName().replaceFirst("\\.class$", "").replace('/', '.');
          if (ByteBuffer.wrap(bytes(jar, entry.getName())).getShort(6) < JAVA_6) {
            old.add(name);
          }
          assertThatCode(() -> verified(name, loader)).as(name).doesNotThrowAnyException();
        }
      }
    }
    assertThat(old).isEmpty();
  }

  @Test
  void copiesWhatIsNeitherSignedNorOld() throws IOException {
    Path packed = packed("jackson-core");
    assertThat(packed).hasSameBinaryContentAs(library("jackson-core"));
  }

  /** A class is verified before it is initialised; what an optional library would bring may be absent. */
  private static void verified(String name, ClassLoader loader) {
    try {
      Class.forName(name, true, loader);
    } catch (VerifyError | ClassFormatError refused) {
      throw refused;
    } catch (ReflectiveOperationException | LinkageError absent) {
      assertThat(absent).hasMessageNotContaining("verif");
    }
  }

  private Path packed(String library) throws IOException {
    Path to = folder.resolve(library + ".jar");
    try (URLClassLoader libraries =
        new URLClassLoader(classPath().toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      new PackedJar(library(library), libraries).copyTo(to);
    }
    return to;
  }

  private static byte[] bytes(JarFile jar, String entry) throws IOException {
    return jar.getInputStream(jar.getJarEntry(entry)).readAllBytes();
  }

  private static Path library(String name) {
    return entries().stream()
        .filter(entry -> String.valueOf(entry.getFileName()).startsWith(name + "-"))
        .findFirst()
        .orElseThrow();
  }

  private static List<URL> classPath() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (Path entry : entries()) {
      urls.add(entry.toUri().toURL());
    }
    return urls;
  }

  private static List<Path> entries() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return List.of(path.split(File.pathSeparator)).stream()
        .filter(entry -> entry.toLowerCase(Locale.ROOT).endsWith(".jar"))
        .map(Path::of)
        .toList();
  }
}
