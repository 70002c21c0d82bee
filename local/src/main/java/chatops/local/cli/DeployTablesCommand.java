package chatops.local.cli;

import chatops.engine.EngineException;
import chatops.execution.tablestore.TableCreation;
import com.alicloud.openservices.tablestore.SyncClient;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the tables of the store in an instance of Tablestore, and waits until they serve. */
@Command(
    name = "deploy-tables",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    description = {
      "Makes the tables that CHATOPS_STORE=tablestore:INSTANCE needs, and waits until they serve.",
      "Run again at any time: tables that are there are checked, never changed. The instance itself must exist.",
      "Keys come from the environment: ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and, for a",
      "session, ALIBABA_CLOUD_SECURITY_TOKEN. CHATOPS_ENDPOINTS (ots=http://host:port) replaces the endpoint."
    },
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  all tables serve",
      "  1  they do not; the message tells why",
      "  2  the command line is wrong"
    })
final class DeployTablesCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final PrintStream out;

  @Parameters(paramLabel = "INSTANCE", description = "The instance's name.")
  private String instance = "";

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "The instance's region. Default: FC_REGION of the environment.")
  private @Nullable String region;

  DeployTablesCommand(Map<String, String> environment, PrintStream out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public Integer call() {
    SyncClient client = TablestoreAccess.open(instance, region, environment);
    try {
      int made = new TableCreation(client, out::println).run();
      out.println(made == 0 ? "nothing to do" : made + " made");
      return 0;
    } catch (EngineException failed) {
      throw new CommandFailure(String.valueOf(failed.getMessage()));
    } finally {
      client.shutdown();
    }
  }
}
