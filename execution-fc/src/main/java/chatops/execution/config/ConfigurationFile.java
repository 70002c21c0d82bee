package chatops.execution.config;

import chatops.chat.rights.Configuration;
import chatops.chat.rights.ConfigurationException;
import chatops.chat.rights.ConfigurationException.Problem;
import chatops.chat.rights.ConfigurationJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads {@code chatops.yaml}. What is wrong is reported all together, each problem with line and column; the flat form for
 * Front is {@link #compile}.
 */
public final class ConfigurationFile {
  private static final long LARGEST = 1024 * 1024;

  private ConfigurationFile() {}

  /**
   * A configuration with the place of everything in it.
   *
   * @param position gives {@code line:column} of a path such as {@code rights[0]}
   */
  public record Placed(String name, Configuration configuration, UnaryOperator<String> position) {}

  /** @throws ConfigurationFileException when the file cannot be read, or says something impossible */
  public static Configuration read(Path file) {
    return read(file.toString(), text(file));
  }

  /** As {@link #read(Path)}, for whoever has to say where something stands. */
  public static Placed placed(Path file) {
    String text = text(file);
    return new Placed(
        file.toString(), read(file.toString(), text), parse(file.toString(), text)::position);
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new ConfigurationFileException(
            file + ": " + Files.size(file) + " bytes; expected at most " + LARGEST);
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new ConfigurationFileException(
          file + ": cannot be read (" + e.getClass().getSimpleName()
              + "): is it there, and may this user read it? The command line names it, or CHATOPS_CONFIG");
    }
  }

  /** @param name how messages call the text */
  public static Configuration read(String name, String text) {
    YamlTree tree = parse(name, text);
    List<String> problems = new ArrayList<>(tree.problems());
    try {
      Configuration configuration = ConfigurationJson.of(tree.value());
      if (problems.isEmpty()) {
        return configuration;
      }
    } catch (ConfigurationException e) {
      for (Problem problem : e.problems()) {
        problems.add(tree.position(problem.path()) + ": " + problem);
      }
    }
    StringBuilder message = new StringBuilder();
    for (String problem : problems) {
      message.append(message.length() == 0 ? "" : "\n").append(name).append(':').append(problem);
    }
    throw new ConfigurationFileException(message.toString());
  }

  /** Writes the flat form beside the function, where {@code CHATOPS_RIGHTS} names it. */
  public static void compile(Path yaml, Path flat) throws IOException {
    Files.write(flat, ConfigurationJson.write(read(yaml)));
  }

  private static YamlTree parse(String name, String text) {
    try {
      return YamlTree.parse(text);
    } catch (MarkedYamlEngineException e) {
      String place = e.getProblemMark()
          .map(mark -> (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
          .orElse("1:1");
      throw new ConfigurationFileException(name + ":" + place + ": " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new ConfigurationFileException(name + ":1:1: " + e.getMessage());
    }
  }
}
