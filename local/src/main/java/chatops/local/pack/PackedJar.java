package chatops.local.pack;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A library's jar as it is packed, so that all of its classes can be archived. An archive of loaded classes takes none from a signed
 * jar: so the signature is left out. And none in a format before Java 6's, nor what extends such a class: so those are written anew.
 * The manifest says what was changed; a jar that is neither signed nor old is copied as it is.
 */
final class PackedJar {
  /** What every entry of a jar that is written here bears. */
  static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  /** The manifest's word on what was changed. */
  static final Attributes.Name CHANGED = new Attributes.Name("Changed-For-Class-Archive");

  private static final Pattern SIGNATURE =
      Pattern.compile("META-INF/(?:[^/]*\\.(?:SF|RSA|DSA|EC)|SIG-[^/]*)", Pattern.CASE_INSENSITIVE);

  private final Path original;
  private final OldClasses classes;

  /** @param libraries finds the classes of all libraries, without running them */
  PackedJar(Path original, ClassLoader libraries) {
    this.original = original;
    this.classes = new OldClasses(libraries);
  }

  void copyTo(Path jar) throws IOException {
    Map<String, byte[]> entries = entries();
    boolean isSigned = entries.keySet().removeIf(name -> SIGNATURE.matcher(name).matches());
    entries.replaceAll((name, bytes) -> isClass(name) ? classes.renewed(bytes) : bytes);
    if (!isSigned && classes.count() == 0) {
      Files.copy(original, jar);
      return;
    }
    byte[] manifest = manifest(entries.remove(JarFile.MANIFEST_NAME), isSigned);
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      put(zip, JarFile.MANIFEST_NAME, manifest);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        put(zip, entry.getKey(), entry.getValue());
      }
    }
  }

  private Map<String, byte[]> entries() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(original.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        try (InputStream in = zip.getInputStream(entry)) {
          entries.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return entries;
  }

  private static boolean isClass(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".class");
  }

  /** The digests of a signature stand in the sections of single entries: what else a section says stays. */
  private byte[] manifest(byte @Nullable [] before, boolean isSigned) throws IOException {
    Manifest manifest =
        new Manifest(new ByteArrayInputStream(before == null ? new byte[0] : before));
    Attributes main = manifest.getMainAttributes();
    main.putIfAbsent(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(
        CHANGED,
        (isSigned ? "signature left out; " : "") + classes.count() + " classes in a newer format");
    manifest
        .getEntries()
        .values()
        .forEach(section -> section.keySet().removeIf(name -> name.toString().contains("-Digest")));
    manifest.getEntries().values().removeIf(Attributes::isEmpty);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    manifest.write(bytes);
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(ENTRY_TIME);
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
