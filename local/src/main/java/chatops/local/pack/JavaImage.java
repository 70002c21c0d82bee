package chatops.local.pack;

import chatops.local.host.ProductFunction;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Java that is packed: only the modules a function uses. */
final class JavaImage {
  /** From this version on the curves of TLS are part of java.base. */
  private static final int CURVES_IN_BASE = 22;

  private static final String CIPHERS = "SunJCE";
  private static final Pattern PROVIDER =
      Pattern.compile("^security\\.provider\\.[0-9]+=(\\S+)$", Pattern.MULTILINE);

  /** Providers that an image may lack, by the module that brings them. */
  private static final Map<String, String> ELSEWHERE = Map.of(
      "SunJGSS", "java.security.jgss",
      "SunSASL", "java.security.sasl",
      "JdkSASL", "jdk.security.jgss",
      "JdkLDAP", "java.naming",
      "XMLDSig", "java.xml.crypto",
      "SunPCSC", "java.smartcardio",
      "SunPKCS11", "jdk.crypto.cryptoki");

  private static final List<String> FRONT = List.of("java.base", "jdk.httpserver");

  /** What the cloud's SDKs and their libraries use; jdeps also finds java.desktop, for an XML binding that nobody calls. */
  private static final List<String> EXECUTION = List.of(
      "java.base",
      "java.logging",
      "java.management",
      "java.naming",
      "java.net.http",
      "java.security.jgss",
      "java.sql",
      "java.xml",
      "jdk.httpserver",
      "jdk.unsupported");

  private final Jdk jdk;

  JavaImage(Jdk jdk) {
    this.jdk = jdk;
  }

  static List<String> modules(ProductFunction function, boolean isFc2, Jdk jdk) {
    boolean isSmall = function == ProductFunction.FRONT && !isFc2;
    List<String> modules = new ArrayList<>(isSmall ? FRONT : EXECUTION);
    if (jdk.major() < CURVES_IN_BASE) {
      modules.add("jdk.crypto.ec");
    }
    return modules;
  }

  /** Uncompressed: the zip around it compresses better, and classes outside the archive are found quicker. */
  void link(List<String> modules, Path to) throws IOException {
    Tool.run(
        jdk.home(),
        List.of(
            jdk.tool("jlink").toString(),
            "--add-modules",
            String.join(",", modules),
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            jdk.major() < 21 ? "--compress=0" : "--compress=zip-0",
            "--output",
            to.toString()));
    Path settings = to.resolve("conf/security/java.security");
    Files.writeString(settings, providers(Files.readString(settings), linked(to)));
  }

  /** The modules of an image, as it tells itself. */
  private static Set<String> linked(Path image) throws IOException {
    Properties release = new Properties();
    try (Reader file = Files.newBufferedReader(image.resolve("release"))) {
      release.load(file);
    }
    return Set.of(release.getProperty("MODULES", "").replace("\"", "").strip().split(" ", -1));
  }

  /**
   * Whoever asks for a MAC or a cipher wakes every provider in the list before the one that has it, and the elliptic curves wake
   * slowly: so the provider that has them comes right after the first. And a provider that the image does not hold is looked for on
   * the class path, where every provider of a library is made to be asked for its name: so those are not listed.
   */
  static String providers(String settings, Set<String> modules) {
    Matcher entries = PROVIDER.matcher(settings);
    List<String> names = new ArrayList<>();
    while (entries.find()) {
      names.add(entries.group(1));
    }
    names.removeIf(name -> {
      String module = ELSEWHERE.get(name);
      return module != null && !modules.contains(module);
    });
    if (!names.remove(CIPHERS) || names.isEmpty()) {
      throw new PackException("java.security lists no provider " + CIPHERS + ": found " + names);
    }
    names.add(1, CIPHERS);
    Iterator<String> next = names.iterator();
    AtomicInteger number = new AtomicInteger();
    return PROVIDER
        .matcher(settings)
        .replaceAll(entry -> next.hasNext()
            ? Matcher.quoteReplacement(
                "security.provider." + number.incrementAndGet() + "=" + next.next())
            : "");
  }
}
