package chatops.local.crash;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The whole program once more, with one class compiled from another source: loads every class of ours itself, so that
 * packages and sealed types stay together, and leaves all others to its parent.
 */
final class PatchedClasses extends ClassLoader {
  private static final String OURS = "chatops.";

  private final Map<String, byte[]> patched;

  PatchedClasses(String className, String source) {
    super(PatchedClasses.class.getClassLoader());
    this.patched = compile(className, source);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null && name.startsWith(OURS)) {
        byte[] bytes = bytes(name);
        loaded = bytes == null ? null : defineClass(name, bytes, 0, bytes.length);
      }
      return loaded == null ? super.loadClass(name, resolve) : loaded;
    }
  }

  private byte @org.jspecify.annotations.Nullable [] bytes(String name) {
    byte[] own = patched.get(name);
    if (own != null) {
      return own;
    }
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> compile(String className, String source) {
    JavaCompiler compiler = Objects.requireNonNull(
        ToolProvider.getSystemJavaCompiler(), "tests need a JDK, not only a JRE");
    Map<String, ByteArrayOutputStream> compiled = new HashMap<>();
    StringWriter messages = new StringWriter();
    String path = System.getProperty(
        "surefire.test.class.path", Objects.requireNonNull(System.getProperty("java.class.path")));
    List<String> options = List.of("-proc:none", "-nowarn", "-parameters", "-cp", path);
    JavaFileManager files =
        new InMemory(compiler.getStandardFileManager(null, null, null), compiled);
    boolean isFine = compiler
        .getTask(messages, files, null, options, null, List.of(new Source(className, source)))
        .call();
    if (!isFine) {
      throw new AssertionError(className + " with the bug does not compile: " + messages);
    }
    Map<String, byte[]> classes = new HashMap<>();
    compiled.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
    return classes;
  }

  /** One source text. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String className, String text) {
      super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Keeps what the compiler writes. */
  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> compiled;

    InMemory(JavaFileManager files, Map<String, ByteArrayOutputStream> compiled) {
      super(files);
      this.compiled = compiled;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      URI name = URI.create("mem:///" + className.replace('.', '/') + kind.extension);
      return new SimpleJavaFileObject(name, kind) {
        @Override
        public OutputStream openOutputStream() {
          return compiled.computeIfAbsent(className, unused -> new ByteArrayOutputStream());
        }
      };
    }
  }
}
