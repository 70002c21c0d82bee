package chatops.local.cli;

import chatops.local.desk.DeskClient;
import chatops.local.host.HostException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The chat's {@code /oos} commands for the host that runs on a directory. */
@Command(
    name = "oos",
    mixinStandardHelpOptions = true,
    description = {
      "Says an /oos command to the host that runs on DIR, as in a chat, and prints its answer: list, show, logs, run, approve,",
      "reject, cancel, pause, resume, retry, skip, stop, freeze, unfreeze. The running host does it, so nothing is written",
      "behind its back; chatops.yaml says what cli:local/<user> may do, the user being whom the operating system says."
    },
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  done, or accepted",
      "  1  refused, or no host runs on DIR",
      "  2  the command line is wrong"
    })
final class OosCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  @ArgGroup(multiplicity = "1")
  private Where where = new Where();

  /** Which host. */
  static final class Where {
    @Option(
        names = "--dir",
        paramLabel = "DIR",
        description = "The directory of the running host: that of ./chatops demo --keep DIR.")
    private @Nullable Path directory;

    @Option(
        names = "--desk",
        paramLabel = "SOCKET",
        description = "The socket of a host of another user: that of ./chatops demo --desk SOCKET.")
    private @Nullable Path socket;

    DeskClient desk() {
      return socket != null
          ? DeskClient.at(socket)
          : DeskClient.in(directory == null ? Path.of("") : directory);
    }
  }

  @Parameters(
      paramLabel = "WORD",
      arity = "1..*",
      description = "What follows /oos in a chat, options such as --templates included.")
  private List<String> words = List.of();

  OosCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    try {
      DeskClient.Answer answer = where.desk().say(line());
      (answer.isDone() ? out : err).print(answer.text());
      return answer.isDone() ? 0 : Chatops.WRONG;
    } catch (HostException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }

  /** The shell took the quotes away; a word with a space in it gets them back. */
  private String line() {
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      line.append(line.length() == 0 ? "" : " ");
      line.append(word.indexOf(' ') < 0 ? word : '"' + word.replace("\"", "'") + '"');
    }
    return line.toString();
  }
}
