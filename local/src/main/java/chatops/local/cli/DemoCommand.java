package chatops.local.cli;

import chatops.chat.Language;
import chatops.local.demo.Demo;
import chatops.local.demo.Scenario;
import chatops.local.host.HostException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

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
  private final PrintStream out;

  @Parameters(
      arity = "0..1",
      paramLabel = "PART",
      converter = PartConverter.class,
      description = {
        "Play one part alone, and the whole of it: scaling",
        "(a scale-out of 20 instances, a script that fails, a hook that times out, notifications that repeat),",
        "or extensions (a Java service is published, installed on three instances, upgraded and removed)."
      })
  private Scenario.@Nullable Part part;

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

  @Option(
      names = "--desk",
      paramLabel = "SOCKET",
      description = {
        "Take ./chatops oos --desk SOCKET of every user of this machine; chatops.yaml says what cli:local/<user> may do.",
        "Without it only the owner of DIR may, by --dir DIR. Put it in a folder that nobody else may write."
      })
  private @Nullable Path desk;

  @Mixin
  private Usage usage = new Usage();

  DemoCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    usage.require(generation == 2 || generation == 3, "--fc " + generation + ": 2 or 3 expected");
    usage.require(port >= 0 && port <= 65_535, "--port " + port + ": 0 to 65535 expected");
    try (Demo demo =
        Demo.start(new Demo.Plan(port, language, generation, keep, desk, templates()), out)) {
      Thread ended = new Thread(demo::close, "demo-end");
      Runtime.getRuntime().addShutdownHook(ended);
      demo.play(part);
      if (!exit) {
        demo.invite();
        new CountDownLatch(1).await();
      }
      Runtime.getRuntime().removeShutdownHook(ended);
      return demo.finish() ? 0 : Chatops.WRONG;
    } catch (HostException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }

  /** Parts in small letters. */
  private static final class PartConverter implements ITypeConverter<Scenario.Part> {
    @Override
    public Scenario.Part convert(String value) {
      for (Scenario.Part each : Scenario.Part.values()) {
        if (each.name().toLowerCase(Locale.ROOT).equals(value)) {
          return each;
        }
      }
      throw new TypeConversionException(
          "'" + value + "' is no part of the demo; there is: scaling");
    }
  }

  /** The shipped templates: in the checkout that {@code ./chatops} names, else where the program was started. */
  private static Path templates() {
    Path folder =
        Path.of(System.getProperty("chatops.root", "")).toAbsolutePath().resolve("templates");
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure(
          "no folder " + folder
              + "; start the demo with ./chatops from a checkout, or name the checkout with -Dchatops.root=DIR");
    }
    return folder;
  }
}
