package chatops.local.cli;

import chatops.execution.config.ConfigurationFile;
import chatops.execution.config.ConfigurationFileException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a configuration, or compiles it to the flat file Front decides with. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    description = "Checks chatops.yaml, or compiles it to the flat file that Front reads.",
    synopsisSubcommandLabel = "(check | compile)",
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  the configuration is sound",
      "  1  it is not; each problem is told as file:line:column",
      "  2  the command line is wrong"
    })
final class ConfigCommand implements Runnable {
  private final PrintStream out;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  ConfigCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Say what to do: check or compile.");
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      versionProvider = VersionCommand.class,
      description = "Tells everything that is wrong with a configuration, with line and column.")
  int check(
      @Parameters(
              paramLabel = "FILE",
              defaultValue = "chatops.yaml",
              description = "The configuration. Default: ${DEFAULT-VALUE}")
          Path file) {
    try {
      ConfigurationFile.read(file);
    } catch (ConfigurationFileException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
    out.println(file + ": sound");
    return 0;
  }

  @Command(
      name = "compile",
      mixinStandardHelpOptions = true,
      versionProvider = VersionCommand.class,
      description = "Checks a configuration and writes the flat form that CHATOPS_RIGHTS names.")
  int compile(
      @Parameters(index = "0", paramLabel = "FILE", description = "The configuration.") Path file,
      @Parameters(index = "1", paramLabel = "FLAT", description = "The file to write.") Path flat) {
    try {
      ConfigurationFile.compile(file, flat);
    } catch (ConfigurationFileException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new CommandFailure(flat + ": cannot be written (" + e.getClass().getSimpleName()
          + "); name a file in a folder that exists");
    }
    out.println(flat + ": written");
    return 0;
  }
}
