package chatops.local.cli;

import chatops.engine.catalog.BundledCatalog;
import chatops.engine.catalog.DirectoryCatalog;
import chatops.engine.catalog.LayeredCatalog;
import chatops.execution.config.ConfigurationFile;
import chatops.execution.config.ConfigurationFileException;
import chatops.execution.form.FormCompiler;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a configuration, or compiles it to the flat file Front decides with. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    description = {
      "Checks chatops.yaml, compiles it to the flat file that the functions read, or explains what it lets",
      "a person do."
    },
    synopsisSubcommandLabel = "(check | compile | explain)",
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  the configuration is sound; explain: it allows this",
      "  1  it is not, each problem being told as file:line:column; explain: it does not allow this",
      "  2  the command line is wrong"
    })
final class ConfigCommand implements Runnable {
  private final PrintStream out;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  ConfigCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Say what to do: check, compile or explain.");
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      versionProvider = VersionCommand.class,
      description = "Tells everything that is wrong with a configuration, with line and column.")
  int check(
      @Parameters(
              paramLabel = "FILE",
              defaultValue = "chatops.yaml",
              description = "The configuration. Default: ${DEFAULT-VALUE}")
          Path file) {
    try {
      ConfigurationFile.read(file);
    } catch (ConfigurationFileException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
    out.println(file + ": sound");
    return 0;
  }

  @Command(
      name = "compile",
      mixinStandardHelpOptions = true,
      versionProvider = VersionCommand.class,
      description = "Checks a configuration and writes the flat form that CHATOPS_RIGHTS names.")
  int compile(
      @Parameters(index = "0", paramLabel = "FILE", description = "The configuration.") Path file,
      @Parameters(index = "1", paramLabel = "FLAT", description = "The file to write.") Path flat,
      @Option(
              names = "--forms",
              paramLabel = "FORMS",
              description =
                  "Also writes what templates ask for: the file that CHATOPS_FORMS names.")
          @Nullable
          Path forms,
      @Option(
              names = "--catalog",
              paramLabel = "DIR",
              description =
                  "With --forms: a directory of templates, as in CHATOPS_TEMPLATES; may be given several times."
                      + " The shipped ones are always among them.")
          @Nullable
          List<Path> catalogs) {
    try {
      ConfigurationFile.compile(file, flat);
    } catch (ConfigurationFileException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw unwritable(flat, e);
    }
    out.println(flat + ": written");
    if (forms != null) {
      forms(forms, catalogs == null ? List.of() : catalogs);
    }
    return 0;
  }

  @Command(
      name = "explain",
      mixinStandardHelpOptions = true,
      versionProvider = VersionCommand.class,
      description = {
        "Tells which entry of a configuration lets a person say a command in a place, or why none does. PERSON and PLACE are ids as",
        "/oos whoami shows them. Parameters are compared as typed: a template's own defaults are not known here."
      })
  int explain(
      @Parameters(index = "0", paramLabel = "PERSON", description = "Such as slack:T0001/U0001.")
          String person,
      @Parameters(index = "1", paramLabel = "PLACE", description = "Such as slack:T0001/C0001.")
          String place,
      @Parameters(
              index = "2..*",
              arity = "1..*",
              paramLabel = "WORD",
              description = "The command: ecs stop i-1, or oos run Template name=value.")
          List<String> words,
      @Option(
              names = "--file",
              paramLabel = "FILE",
              defaultValue = "chatops.yaml",
              description = "The configuration. Default: ${DEFAULT-VALUE}")
          Path file) {
    try {
      Explanation explanation = new Explanation(ConfigurationFile.placed(file));
      boolean isAllowed = explanation.tell(person, place, words, out);
      return isAllowed ? 0 : Chatops.WRONG;
    } catch (ConfigurationFileException | IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }

  private void forms(Path file, List<Path> catalogs) {
    for (Path catalog : catalogs) {
      if (!Files.isDirectory(catalog)) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "--catalog " + catalog + ": no such directory");
      }
    }
    FormCompiler.Compiled compiled = FormCompiler.compile(
        new LayeredCatalog(List.of(new DirectoryCatalog(catalogs), new BundledCatalog())));
    // a template that does not read is Execution's to explain; the others work
    compiled.broken().forEach((name, why) -> out.println(name + ": left out: " + why));
    try {
      Files.write(file, compiled.file());
    } catch (IOException e) {
      throw unwritable(file, e);
    }
    out.println(file + ": written, forms of " + compiled.forms().size() + " templates");
  }

  private static CommandFailure unwritable(Path file, IOException e) {
    return new CommandFailure(file + ": cannot be written (" + e.getClass().getSimpleName()
        + "); name a file in a folder that exists");
  }
}
