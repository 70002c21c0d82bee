package chatops.local.pack;

import chatops.chat.rights.RightsSource;
import chatops.local.host.Hosting;
import chatops.local.host.ProductFunction;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Unpacked packages as a machine's functions: each started by its {@code bootstrap}, in an empty folder, with the given
 * environment and no other.
 */
public final class UnpackedFunctions implements Hosting {
  private final Path folder;
  private final PrintStream log;
  private final List<String> javaOptions;

  /**
   * @param folder that holds {@code front} and {@code execution}
   * @param log takes what they print
   */
  public UnpackedFunctions(Path folder, PrintStream log) {
    this(folder, log, List.of());
  }

  private UnpackedFunctions(Path folder, PrintStream log, List<String> javaOptions) {
    this.folder = folder;
    this.log = log;
    this.javaOptions = javaOptions;
  }

  /** Unpacks both zips of a folder. */
  public static void unpack(Path packages, Path folder) throws IOException {
    for (ProductFunction function : ProductFunction.values()) {
      FunctionZip.unpack(packages.resolve(function.id() + ".zip"), folder.resolve(function.id()));
    }
  }

  /** The same with options more than those that ship. */
  public UnpackedFunctions withJavaOptions(List<String> more) {
    return new UnpackedFunctions(folder, log, List.copyOf(more));
  }

  @Override
  public FunctionProcess start(
      ProductFunction function, Map<String, String> environment, RightsSource rights)
      throws IOException {
    return start(function, environment);
  }

  /** @throws IOException when it ends before it serves; the message holds what it said */
  public FunctionProcess start(ProductFunction function, Map<String, String> environment)
      throws IOException {
    Map<String, String> given = new TreeMap<>(environment);
    if (!javaOptions.isEmpty()) {
      given.put("JAVA_TOOL_OPTIONS", String.join(" ", javaOptions));
    }
    Path empty = Files.createDirectories(folder.resolve("empty-" + function.id()));
    return FunctionProcess.start(
        function.id(),
        List.of(folder.resolve(function.id()).resolve("bootstrap").toString()),
        empty,
        given,
        log);
  }
}
