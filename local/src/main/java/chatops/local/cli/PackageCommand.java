package chatops.local.cli;

import chatops.local.pack.DeployedRuntime;
import chatops.local.pack.FcRuntime;
import chatops.local.pack.FunctionPackage;
import chatops.local.pack.PackException;
import chatops.local.pack.Packing;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the packages that {@code s.yaml} deploys. */
@Command(
    name = "package",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    description = {
      "Makes one zip per function: a Java of its own, the jars, an archive of the classes that the main path loads, and",
      "bootstrap. The archive is trained on real requests against a simulated cloud, and each zip is unpacked elsewhere",
      "and started, to prove that the archive is used. About a minute; no account and no network is needed."
    },
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  the packages are there and were started",
      "  1  they are not; the message tells why and what to do",
      "  2  the command line is wrong"
    })
final class PackageCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final PrintStream out;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where the zips go. Default: target/packages of the checkout, as s.yaml expects.")
  private @Nullable Path folder;

  @Option(
      names = "--runtime",
      paramLabel = "NAME",
      description = "The functions' runtime. Default: that of s.yaml.")
  private @Nullable String runtime;

  @Option(
      names = "--jdk",
      paramLabel = "DIR",
      description =
          "The JDK whose Java is packed. Default: the newest of JAVA_HOME and /usr/lib/jvm.")
  private @Nullable Path jdk;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration to pack. Default: chatops.yaml of the checkout.")
  private @Nullable Path configuration;

  @Option(
      names = "--fc2",
      description = "Pack the client of FC 2 for Front, too: needed when EXECUTION_SERVICE is set.")
  private boolean isFc2;

  @Option(
      names = "--fresh",
      description = "Make new packages even where nothing changed since those that are there.")
  private boolean isFresh;

  PackageCommand(Map<String, String> environment, PrintStream out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public Integer call() {
    Path root = Checkout.root();
    Path out = (folder == null ? root.resolve("target/packages") : folder)
        .toAbsolutePath()
        .normalize();
    try {
      Packing packing = new Packing(
          new Packing.Plan(
              root,
              out,
              runtime == null
                  ? DeployedRuntime.of(root.resolve("s.yaml"), environment)
                  : FcRuntime.named(runtime),
              jdk,
              configuration == null ? root.resolve("chatops.yaml") : configuration,
              isFc2,
              isFresh,
              environment),
          this.out::println);
      List<FunctionPackage> packages = packing.run();
      packages.forEach(this::tell);
      return 0;
    } catch (PackException | chatops.execution.config.ConfigurationFileException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    } catch (IOException | UncheckedIOException e) {
      // the messages of the file system are names of files alone
      throw new CommandFailure("not packaged: " + e.getClass().getSimpleName() + ": "
          + e.getMessage() + "\nIs " + out
          + " a folder that this user may write, is there room for 600 MB there and in "
          + System.getProperty("java.io.tmpdir") + "? What the functions said is in "
          + out.resolve("training.log"));
    }
  }

  private void tell(FunctionPackage made) {
    out.println(made.zip() + ": " + FunctionPackage.megabytes(made.bytes()) + " zipped; unpacked "
        + String.join(", ", made.lines()));
    out.println("  sha256 of all but " + made.archive() + ": " + made.digest());
  }
}
