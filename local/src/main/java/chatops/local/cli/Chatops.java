package chatops.local.cli;

import chatops.engine.expression.Spelling;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The commands of the command line, one class each. */
@Command(
    name = "./chatops",
    description =
        "Operations by chat for Alibaba Cloud: OOS templates started, approved and reported from Slack and DingTalk.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      LintCommand.class,
      SimulateCommand.class,
      CrashTestCommand.class,
      ConfigCommand.class,
      SlackManifestCommand.class,
      OosCommand.class,
      AuditCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      ServeCommand.class,
      PackageCommand.class,
      ExtensionCommand.class,
      DeployTablesCommand.class,
      DoctorCommand.class,
      VersionCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    footerHeading =
        "%nExit status: 0 done; 1 the command ran and found something wrong; 2 the command line is wrong.%n",
    footer = "./chatops COMMAND --help tells the options of one command.")
public final class Chatops implements Runnable {
  /** The command ran and found something wrong. */
  static final int WRONG = 1;

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  private Chatops() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command given.");
  }

  /** Runs one command line and returns its exit status. */
  public static int run(
      String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    CommandLine line = new CommandLine(new Chatops(), new Commands(environment, out, err));
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.getSubcommands().values().forEach(Chatops::paragraphs);
    CommandLine.IParameterExceptionHandler usual = line.getParameterExceptionHandler();
    line.setParameterExceptionHandler((wrong, given) -> {
      boolean isOwn = wrong.getCommandLine() == line && given.length > 0;
      if (!isOwn || given[0].startsWith("-")) {
        return usual.handleParseException(wrong, given);
      }
      // picocli's own guess compares pairs of letters: 'audit' for 'lnit'
      err.println("no command is called '" + given[0] + "'; "
          + Spelling.meant(
              given[0], line.getSubcommands().keySet(), "./chatops --help lists them"));
      return CommandLine.ExitCode.USAGE;
    });
    // options of the chat's commands are words to this one
    CommandLine oos = line.getSubcommands().get("oos");
    if (oos != null) oos.setUnmatchedOptionsArePositionalParams(true);
    line.setExecutionExceptionHandler((failure, command, parsed) -> {
      err.println(failure.getMessage());
      if (!(failure instanceof CommandFailure)) failure.printStackTrace(err);
      return WRONG;
    });
    return line.execute(arguments);
  }

  /** Texts are broken where the terminal ends, not where the source does; lists of commands show the first sentence of each. */
  private static void paragraphs(CommandLine command) {
    CommandLine.Model.UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.description(String.join(" ", usage.description()).split("(?<=\\.) ", 2));
    command.getSubcommands().values().forEach(Chatops::paragraphs);
  }

  /** The same stream in UTF-8, whatever the locale says: the texts are Chinese and Japanese, too. */
  public static PrintStream utf8(PrintStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }
}
