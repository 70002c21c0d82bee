package chatops.local.cli;

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

  DoctorCommand(Map<String, String> environment, PrintStream out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public Integer call() {
    Path deployment = Checkout.root().resolve("s.yaml");
    List<Finding> found = new Doctor(
            configuration, deployment, environment, before, InstantSource.system())
        .examine();
    found.forEach(out::println);
    long bad = found.stream().filter(each -> each.grade() == Finding.Grade.BAD).count();
    out.println("doctor: " + found.size() + " findings, " + bad + " bad");
    return bad == 0 ? 0 : Chatops.WRONG;
  }
}
