package chatops.local.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** Tells the version of the product and of the Java it runs on. */
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    description = "Tells the version of fc-chatops and of the Java it runs on.")
final class VersionCommand implements Callable<Integer>, IVersionProvider {
  private final PrintStream out;

  VersionCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public String[] getVersion() throws IOException {
    Properties build = new Properties();
    try (InputStream bytes = VersionCommand.class.getResourceAsStream("build.properties")) {
      if (bytes != null) build.load(bytes);
    }
    return new String[] {
      "fc-chatops " + build.getProperty("version", "(unknown build)"),
      "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name")
    };
  }

  @Override
  public Integer call() throws IOException {
    for (String line : getVersion()) {
      out.println(line);
    }
    return 0;
  }
}
