package chatops.local.pack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of a JDK's program to its end. */
final class Tool {
  private static final int MINUTES = 10;
  private static final int TOLD_LINES = 12;

  private Tool() {}

  /**
   * @param folder where it runs
   * @return what it printed
   * @throws PackException with the end of what it printed, when it failed or took ten minutes
   */
  static String run(Path folder, List<String> command) {
    try {
      Process process = new ProcessBuilder(command)
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new PackException(name(command) + " did not end within " + MINUTES + " minutes");
      }
      if (process.exitValue() != 0) {
        throw new PackException(
            name(command) + " ended with status " + process.exitValue() + ":\n" + end(said));
      }
      return said;
    } catch (IOException e) {
      throw new PackException(
          command.get(0) + " cannot be run (" + e.getMessage()
              + "): a JDK of this machine expected, name one with --jdk",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PackException(name(command) + " was interrupted", e);
    }
  }

  private static String name(List<String> command) {
    return String.valueOf(Path.of(command.get(0)).getFileName());
  }

  static String end(String said) {
    List<String> lines = said.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size()));
  }
}
