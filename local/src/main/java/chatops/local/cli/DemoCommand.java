package chatops.local.cli;

import chatops.chat.Language;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts everything on this machine, plays the scenario, then serves the chat page. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    description = {
      "Starts both functions, a simulated Alibaba Cloud with the chats' ends, and a SQLite store on this machine;",
      "plays a scenario of commands and approvals and checks every step; then serves the chat page until Ctrl-C.",
      "Everything listens on 127.0.0.1 only. No account and no network is needed."
    },
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  all steps ok (with --exit), or stopped with Ctrl-C",
      "  1  a step failed, or the port is taken",
      "  2  the command line is wrong"
    })
final class DemoCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final PrintStream out;

  @Option(
      names = "--exit",
      description = "End after the scenario; the last line is: demo: <n> steps ok, <m> failed")
  private boolean exit;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8770",
      description = "Port of the chat page, 0 for any free one. Default: ${DEFAULT-VALUE}")
  private int port;

  @Option(
      names = "--lang",
      paramLabel = "en|zh|ja",
      defaultValue = "en",
      description = "Language of the terminal, the page and the chats. Default: ${DEFAULT-VALUE}")
  private Language language = Language.EN;

  @Option(
      names = "--fc",
      paramLabel = "2|3",
      defaultValue = "3",
      description =
          "Generation of Function Compute's API between the functions. Default: ${DEFAULT-VALUE}")
  private int generation;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = {
        "Keep the store, the keys and the ports in DIR and go on from what is there;",
        "without it they live in a temporary directory that is removed at the end."
      })
  private @Nullable Path keep;

  DemoCommand(Map<String, String> environment, PrintStream out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    return 0;
  }
}
