package chatops.local.cli;

import chatops.engine.EngineException;
import chatops.execution.sqlite.Backup;
import chatops.local.host.DataDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies the store of a host into one file, while the host runs. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    description = {
      "Writes the store of DIR into one file, as it stands at one moment, while the host goes on; then checks the file.",
      "The keys that sealed and signed what waits in it (keys.properties) are not in it: keep them apart."
    },
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  the file is there and sound",
      "  1  it is not; the message tells why",
      "  2  the command line is wrong"
    })
final class BackupCommand implements Callable<Integer> {
  private final PrintStream out;

  @Parameters(paramLabel = "FILE", description = "The file to write; it must not be there.")
  private Path file = Path.of("");

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      required = true,
      description = "The host's directory: that of ./chatops demo --keep DIR.")
  private Path directory = Path.of("");

  BackupCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    try {
      int executions = Backup.write(DataDirectory.storeIn(directory), file);
      out.println(file + ": sound, " + executions + " executions");
      return 0;
    } catch (EngineException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }
}
