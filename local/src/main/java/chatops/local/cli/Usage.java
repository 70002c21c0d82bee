package chatops.local.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Wants the command line of the command that it is mixed into to be right before anything is done. */
@Command
final class Usage {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  void require(boolean holds, String otherwise) {
    if (!holds) {
      throw wrong(otherwise);
    }
  }

  ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /**
   * @param paths templates, or folders of them
   * @param catalogs folders of what they may call
   */
  void requireTemplates(List<Path> paths, List<Path> catalogs) {
    for (Path path : paths) {
      require(
          Files.exists(path), path + ": no such file or directory; name a template or a folder");
    }
    for (Path catalog : catalogs) {
      require(Files.isDirectory(catalog), "--catalog " + catalog + ": no such directory");
    }
  }
}
