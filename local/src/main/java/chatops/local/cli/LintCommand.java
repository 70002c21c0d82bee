package chatops.local.cli;

import chatops.engine.EngineException;
import chatops.local.lint.Lines;
import chatops.local.lint.Linter;
import chatops.local.lint.Tally;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks templates without running them. */
@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    description =
        "Checks OOS templates without running them and without an account. In a directory, every *.yml, *.yaml and *.json"
            + " that names a FormatVersion is checked. Actions and nested templates are looked up among the shipped"
            + " templates, the --catalog directories and the checked files. docs/lint.md explains every code.",
    footerHeading = "%nExit status:%n",
    footer = {"  0  no errors", "  1  there are errors", "  2  the command line is wrong"})
final class LintCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "Template files or directories.")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--json",
      description = "One JSON object per finding and line; the count goes to standard error then.")
  private boolean json;

  @Option(
      names = "--catalog",
      paramLabel = "DIR",
      description =
          "A directory of product actions and templates that the checked ones may call, such as a checkout of the"
              + " public template repository; may be given several times.")
  private List<Path> catalogs = new ArrayList<>();

  @Mixin
  private Usage usage = new Usage();

  LintCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    usage.requireTemplates(paths, catalogs);
    Linter linter;
    try {
      linter = new Linter(paths, catalogs);
    } catch (EngineException unreadable) {
      throw usage.wrong(String.valueOf(unreadable.getMessage()));
    }
    Tally tally =
        new Tally(json ? Lines.JSON : Lines.TEXT, linter.size(), out, err, System::nanoTime);
    linter.run(tally);
    if (tally.passedOver() > 0) {
      err.println("passed over " + tally.passedOver() + " files that name no FormatVersion");
    }
    (json ? err : out).println(tally);
    return tally.hasErrors() ? Chatops.WRONG : CommandLine.ExitCode.OK;
  }
}
