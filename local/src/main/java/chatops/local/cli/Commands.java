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
    if (type == SimulateCommand.class) return type.cast(new SimulateCommand(out, err));
    if (type == CrashTestCommand.class) return type.cast(new CrashTestCommand(out, err));
    if (type == ConfigCommand.class) return type.cast(new ConfigCommand(out));
    if (type == PackageCommand.class) return type.cast(new PackageCommand(environment, out));
    if (type == SlackManifestCommand.class) return type.cast(new SlackManifestCommand(out));
    if (type == DeployTablesCommand.class)
      return type.cast(new DeployTablesCommand(environment, out));
    if (type == AuditCommand.class) return type.cast(new AuditCommand(environment, out, err));
    if (type == ExtensionCommand.class)
      return type.cast(new ExtensionCommand(environment, out, err));
    if (type == OosCommand.class) return type.cast(new OosCommand(out, err));
    if (type == BackupCommand.class) return type.cast(new BackupCommand(out));
    if (type == RestoreCommand.class) return type.cast(new RestoreCommand(out));
    if (type == DoctorCommand.class) return type.cast(new DoctorCommand(environment, out, err));
    if (type == ServeCommand.class) return type.cast(new ServeCommand(environment, out));
    if (type == VersionCommand.class) return type.cast(new VersionCommand(out));
    return CommandLine.defaultFactory().create(type);
  }
}
