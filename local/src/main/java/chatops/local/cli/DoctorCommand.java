package chatops.local.cli;

import chatops.local.doctor.DeployedRegion;
import chatops.local.doctor.Doctor;
import chatops.local.doctor.Finding;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells what is wrong with a deployment, before and after it. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    description = {
      "Looks at the settings here, the account, the chats and what is deployed, and tells what is wrong with the fix",
      "beside it. Changes nothing, and shows no secret. Run it where you deploy from, with the same environment."
    },
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  nothing is wrong that was looked at",
      "  1  something is; each line marked BAD has its fix below",
      "  2  the command line is wrong"
    })
final class DoctorCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "chatops.yaml",
      description = "The configuration. Default: ${DEFAULT-VALUE}")
  private Path configuration = Path.of("chatops.yaml");

  @Option(
      names = "--before",
      description = "Only what must be right before a deployment; ./chatops deploy begins with it.")
  private boolean before;

  @Option(
      names = "--region",
      description =
          "Prints the region that is deployed to, and on standard error what names it; looks at nothing else.")
  private boolean onlyRegion;

  DoctorCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    Path deployment = Checkout.root().resolve("s.yaml");
    if (onlyRegion) {
      DeployedRegion region = DeployedRegion.of(configuration, deployment, environment);
      out.println(region.id());
      err.println("region " + region.id() + ", named by " + region.source());
      return 0;
    }
    List<Finding> found = new Doctor(
            configuration, deployment, environment, before, InstantSource.system())
        .examine();
    found.forEach(out::println);
    long bad = found.stream().filter(each -> each.grade() == Finding.Grade.BAD).count();
    out.println("doctor: " + found.size() + " findings, " + bad + " bad");
    return bad == 0 ? 0 : Chatops.WRONG;
  }
}
