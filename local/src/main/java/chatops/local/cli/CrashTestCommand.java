package chatops.local.cli;

import chatops.engine.EngineException;
import chatops.local.crash.CrashTests;
import chatops.local.crash.Outcome;
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

/** Runs templates with a halt at every place where a process may end. */
@Command(
    name = "crash-test",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    description =
        "Runs OOS templates in a simulated world, without an account: once undisturbed, then once for every place where a"
            + " process may be cut off, then with seeded pairs of cuts, and compares. Parameters and answers are made up as"
            + " in simulate. docs/crash-test.md tells what is cut and what is compared.",
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  every run came to the same end, with the same effects",
      "  1  there are violations, or a template could not be run",
      "  2  the command line is wrong"
    })
final class CrashTestCommand implements Callable<Integer> {
  private static final int MOST_DOUBLES = 100_000;

  private final PrintStream out;
  private final PrintStream err;

  @Parameters(
      paramLabel = "TEMPLATE",
      arity = "1..*",
      description = "Template files or directories.")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--double",
      paramLabel = "N",
      description =
          "Pairs of cuts per template, the second often inside recovery; default ${DEFAULT-VALUE}.")
  private int doubles = 20;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Chooses the pairs; the same seed repeats the same run. Default ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--json",
      description = "One JSON object per template and line; the count goes to standard error then.")
  private boolean json;

  @Option(
      names = "--catalog",
      paramLabel = "DIR",
      description =
          "A directory of product actions and templates that the tested ones may call; may be given several times.")
  private List<Path> catalogs = new ArrayList<>();

  @Mixin
  private Usage usage = new Usage();

  private int templates;
  private int refused;
  private int cuts;
  private int doubleCuts;
  private int parked;
  private int parkedOutside;
  private int violations;

  CrashTestCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    usage.requireTemplates(paths, catalogs);
    usage.require(
        doubles >= 0 && doubles <= MOST_DOUBLES,
        "--double " + doubles + ": expected 0 to " + MOST_DOUBLES);
    CrashTests tests;
    try {
      tests = new CrashTests(paths, catalogs, doubles, seed);
    } catch (EngineException unreadable) {
      throw usage.wrong(String.valueOf(unreadable.getMessage()));
    }
    tests.run(this::print);
    PrintStream last = json ? err : out;
    last.println(share());
    last.println("crash-test: " + templates + " templates, " + cuts + " cuts, " + doubleCuts
        + " double cuts, " + parked + " parked, " + violations + " violations");
    return violations > 0 || refused > 0 ? Chatops.WRONG : CommandLine.ExitCode.OK;
  }

  private String share() {
    int rounds = cuts + doubleCuts;
    double percent = rounds == 0 ? 0 : 100.0 * parkedOutside / rounds;
    return String.format(
        java.util.Locale.ROOT,
        "asked about an unknown outcome outside calls of class C: %d of %d runs, %.1f %%",
        parkedOutside,
        rounds,
        percent);
  }

  private void print(Outcome outcome) {
    templates++;
    refused += outcome.calm().equals("Refused") ? 1 : 0;
    cuts += outcome.cuts();
    doubleCuts += outcome.doubleCuts();
    parked += outcome.parked();
    parkedOutside += outcome.parkedNeedlessly();
    violations += outcome.violations().size();
    err.println("[" + templates + "] " + outcome.template() + ": " + outcome.cuts() + " cuts, "
        + outcome.doubleCuts() + " double cuts");
    if (json) {
      out.println(outcome.toJson());
      return;
    }
    out.println(outcome.template() + ": " + outcome.calm() + ", " + outcome.cuts() + " cuts, "
        + outcome.doubleCuts() + " double cuts, " + outcome.parked() + " parked, "
        + outcome.violations().size() + " violations");
    if (!outcome.reason().isEmpty()) {
      out.println("  " + outcome.reason());
    }
    outcome.violations().forEach(violation -> out.println("  " + violation));
  }
}
