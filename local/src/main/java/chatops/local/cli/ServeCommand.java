package chatops.local.cli;

import chatops.local.serve.Service;
import chatops.local.serve.ServiceException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs both functions as one long-lived service. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    description = {
      "Runs Front and Execution as one service on this machine, with real keys and the embedded store, until SIGTERM.",
      "Put something that speaks TLS in front of --listen; chats and browsers must reach it as CHATOPS_URL.",
      "Secrets come from the environment (docs/environment.md); keys of the account from ALIBABA_CLOUD_ECS_METADATA,",
      "the name of the instance's RAM role, or from ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET."
    },
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  stopped by a signal, after what ran came to its next checkpoint",
      "  1  it cannot start; the message tells why",
      "  2  the command line is wrong"
    })
final class ServeCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final PrintStream out;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "chatops.yaml",
      description = "The configuration, followed while it runs. Default: ${DEFAULT-VALUE}")
  private Path configuration = Path.of("chatops.yaml");

  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = "/var/lib/fc-chatops",
      description = "Folder of the store and the queue. Default: ${DEFAULT-VALUE}")
  private Path state = Path.of("/var/lib/fc-chatops");

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:9000",
      description = "Where chats and browsers reach it. Default: ${DEFAULT-VALUE}")
  private String listen = "";

  @Option(
      names = "--watch",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:9001",
      description = "Where /healthz and /metrics (OpenMetrics) answer. Default: ${DEFAULT-VALUE}")
  private String watch = "";

  @Mixin
  private Usage usage = new Usage();

  ServeCommand(Map<String, String> environment, PrintStream out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    Service.Plan plan = new Service.Plan(
        configuration,
        state,
        address("--listen", listen),
        address("--watch", watch),
        Checkout.root().resolve("templates"),
        Duration.ofMinutes(1),
        environment);
    PrintStream log = Service.logging(out);
    try {
      Service service = Service.start(plan, log);
      CountDownLatch stopped = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(new Thread(
              () -> {
                service.close();
                stopped.countDown();
              },
              "serve-end"));
      log.println("serves on " + service.front() + ", health and metrics on " + service.watch());
      stopped.await();
      return 0;
    } catch (ServiceException | IOException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }

  private InetSocketAddress address(String option, String text) {
    int colon = text.lastIndexOf(':');
    try {
      return new InetSocketAddress(
          text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw usage.wrong(option + " " + text + ": HOST:PORT expected, with a port up to 65535");
    }
  }
}
