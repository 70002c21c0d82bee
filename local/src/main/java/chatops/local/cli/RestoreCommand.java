package chatops.local.cli;

import chatops.engine.EngineException;
import chatops.execution.sqlite.Backup;
import chatops.local.host.DataDirectory;
import chatops.local.host.HostException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a backup into the directory of a host that does not run. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    description = {
      "Checks a file that backup wrote and makes it the store of DIR. No host may run there. A store that holds executions, or",
      "is damaged, is replaced only with --replace. What waits in it can be decided again when DIR has the keys of that time."
    },
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  the store is that of the file",
      "  1  nothing was changed; the message tells why",
      "  2  the command line is wrong"
    })
final class RestoreCommand implements Callable<Integer> {
  private final PrintStream out;

  @Parameters(paramLabel = "FILE", description = "The file that backup wrote.")
  private Path file = Path.of("");

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      required = true,
      description = "The host's directory; made when it is not there.")
  private Path directory = Path.of("");

  @Option(
      names = "--replace",
      description = "Replace a store that holds executions, or is damaged.")
  private boolean replace;

  RestoreCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    try (DataDirectory kept = DataDirectory.kept(directory)) {
      int executions = Backup.restore(file, DataDirectory.storeIn(kept.path()), replace);
      out.println(directory + ": " + executions + " executions restored");
      return 0;
    } catch (EngineException | HostException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }
}
