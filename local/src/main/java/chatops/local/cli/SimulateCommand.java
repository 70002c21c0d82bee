package chatops.local.cli;

import chatops.engine.EngineException;
import chatops.local.simulate.Printout;
import chatops.local.simulate.Scenario;
import chatops.local.simulate.ScenarioException;
import chatops.local.simulate.ScenarioFile;
import chatops.local.simulate.Simulator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs templates with the real engine, without an account. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    description =
        "Runs OOS templates to their ends with the real engine, in virtual time, without an account and without a network."
            + " In a directory, every *.yml, *.yaml and *.json that names a FormatVersion is run. What is not given is"
            + " made up so that the main path is walked; a scenario file lays down answers, decisions and what is"
            + " expected. docs/simulate.md explains it.",
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  every template ended with Success, or as its scenario expects",
      "  1  some did not",
      "  2  the command line, or the scenario file, is wrong"
    })
final class SimulateCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "Template files or directories.")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description =
          "A parameter, as text; may be given several times. Where several templates are run, each takes those it declares.")
  private List<String> parameters = new ArrayList<>();

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description = "Answers, errors, decisions and clock, and what is expected of the run.")
  private @Nullable Path scenario;

  @Option(
      names = "--json",
      description = "One JSON object per template and line; the count goes to standard error then.")
  private boolean json;

  @Option(
      names = "--catalog",
      paramLabel = "DIR",
      description =
          "A directory of product actions and templates that the simulated ones may call, such as a checkout of the"
              + " public template repository; may be given several times. It is looked at before the shipped templates.")
  private List<Path> catalogs = new ArrayList<>();

  @Mixin
  private Usage usage = new Usage();

  SimulateCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    usage.requireTemplates(paths, catalogs);
    Simulator simulator;
    try {
      simulator = new Simulator(paths, catalogs, given(), laidDown());
    } catch (EngineException | ScenarioException wrong) {
      err.println(wrong.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    Printout printout = new Printout(json, simulator.size(), out, err, System::nanoTime);
    simulator.run(printout);
    if (printout.passedOver() > 0) {
      err.println("passed over " + printout.passedOver() + " files that name no FormatVersion");
    }
    (json ? err : out).println(printout);
    return printout.isBad() ? Chatops.WRONG : CommandLine.ExitCode.OK;
  }

  private Map<String, JsonNode> given() {
    Map<String, JsonNode> given = new LinkedHashMap<>();
    for (String parameter : parameters) {
      int equals = parameter.indexOf('=');
      usage.require(equals > 0, "--param " + parameter + ": expected NAME=VALUE");
      given.put(parameter.substring(0, equals), TextNode.valueOf(parameter.substring(equals + 1)));
    }
    return given;
  }

  private Optional<Scenario> laidDown() {
    Path file = scenario;
    if (file == null) {
      return Optional.empty();
    }
    usage.require(Files.isRegularFile(file), "--scenario " + file + ": no such file");
    return Optional.of(new ScenarioFile().read(file));
  }
}
