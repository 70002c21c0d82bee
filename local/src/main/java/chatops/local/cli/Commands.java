package chatops.local.cli;

import java.io.PrintStream;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands, each with what it needs from outside. */
final class Commands implements IFactory {
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  Commands(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    if (type == DemoCommand.class) return type.cast(new DemoCommand(out));
    if (type == LintCommand.class) return type.cast(new LintCommand(out, err));
    if (type == ConfigCommand.class) return type.cast(new ConfigCommand(out));
    if (type == DeployTablesCommand.class)
      return type.cast(new DeployTablesCommand(environment, out));
    if (type == VersionCommand.class) return type.cast(new VersionCommand(out));
    return CommandLine.defaultFactory().create(type);
  }
}
