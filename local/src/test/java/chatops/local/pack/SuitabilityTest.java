package chatops.local.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The very program of this Java, and copies of it with one thing changed. */
class SuitabilityTest {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  @TempDir
  Path jre = Path.of("");

  @BeforeEach
  void only_where_the_programs_are_such() throws IOException {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    assumeTrue(system.toLowerCase(Locale.ROOT).matches("linux (amd64|x86_64)"), system);
    Files.createDirectories(jre.resolve("bin"));
  }

  private void put(byte[] program) throws IOException {
    Files.write(jre.resolve("bin/java"), program);
  }

  private static byte[] program() throws IOException {
    return Files.readAllBytes(JAVA);
  }

  private static int find(byte[] in, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
    for (int at = 0; at + wanted.length <= in.length; at++) {
      if (java.util.Arrays.equals(in, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    throw new AssertionError("no " + text + " in " + JAVA);
  }

  private static byte[] replaced(byte[] in, String text, String by) {
    byte[] changed = in.clone();
    int at = find(changed, text);
    byte[] bytes = java.util.Arrays.copyOf(by.getBytes(StandardCharsets.US_ASCII), text.length());
    System.arraycopy(bytes, 0, changed, at, bytes.length);
    return changed;
  }

  @Test
  void this_java_needs_a_glibc_and_the_newest_runtime_has_it() throws IOException {
    put(program());

    assertThat(new Suitability(FcRuntime.DEBIAN12).check(jre))
        .isBetween(new GlibcVersion(2, 2), new GlibcVersion(2, 36));
  }

  @Test
  void a_java_that_needs_a_newer_glibc_is_refused_with_the_runtime_that_has_it()
      throws IOException {
    String asked = symbol(program());
    put(replaced(program(), asked, "GLIBC_2.30"));

    assertThatThrownBy(() -> new Suitability(FcRuntime.DEBIAN10).check(jre))
        .isInstanceOf(PackException.class)
        .hasMessageContaining(
            "the packed Java does not run on custom.debian10: bin/java needs glibc 2.3")
        .hasMessageContaining("the runtime has 2.28. Choose --runtime custom.debian1");
  }

  @Test
  void a_java_that_no_runtime_carries_is_refused_with_another_jdk_named() throws IOException {
    put(replaced(program(), symbol(program()), "GLIBC_2.99"));

    assertThatThrownBy(() -> new Suitability(FcRuntime.DEBIAN12).check(jre))
        .hasMessageContaining("bin/java needs glibc 2.99, the runtime has 2.36. Take a JDK built");
  }

  /** A version that the program asks for, long enough to be replaced by another. */
  private static String symbol(byte[] program) {
    String text = new String(program, StandardCharsets.ISO_8859_1);
    var match = java.util.regex.Pattern.compile("GLIBC_2\\.[0-9.]{1,6}(?=\0)").matcher(text);
    String longest = "";
    while (match.find()) {
      longest = match.group().length() > longest.length() ? match.group() : longest;
    }
    assertThat(longest.length()).isGreaterThanOrEqualTo("GLIBC_2.99".length());
    return longest;
  }

  @Test
  void another_processor_is_refused() throws IOException {
    byte[] arm = program();
    ByteBuffer.wrap(arm).order(ByteOrder.LITTLE_ENDIAN).putShort(18, (short) 183);
    put(arm);

    assertThatThrownBy(() -> new Suitability(FcRuntime.DEBIAN12).check(jre))
        .hasMessageContaining("bin/java is for aarch64, the runtime for x86-64. Run ./chatops");
  }

  @Test
  void a_java_for_musl_is_refused() throws IOException {
    put(replaced(program(), "/lib64/ld-linux-x86-64.so.2", "/lib/ld-musl-x86_64.so.1"));

    assertThatThrownBy(() -> new Suitability(FcRuntime.DEBIAN12).check(jre))
        .hasMessageContaining("bin/java needs musl (/lib/ld-musl-x86_64.so.1)");
  }

  @Test
  void another_system_is_refused() throws IOException {
    byte[] mac = new byte[128];
    ByteBuffer.wrap(mac).putInt(0xcffaedfe);
    put(mac);

    assertThatThrownBy(() -> new Suitability(FcRuntime.DEBIAN12).check(jre))
        .hasMessageContaining("bin/java is a MACH_O file and no ELF file of Linux");
  }

  @Test
  void a_file_cut_off_is_told_and_not_believed() throws IOException {
    put(java.util.Arrays.copyOf(program(), 200));

    assertThatThrownBy(() -> new Suitability(FcRuntime.DEBIAN12).check(jre))
        .hasMessageContaining("is no whole ELF file");
  }

  @Test
  void an_unknown_runtime_is_told_with_those_there_are() {
    assertThatThrownBy(() -> FcRuntime.named("java17"))
        .hasMessageContaining("custom.debian10, custom.debian11, custom.debian12");
  }
}
