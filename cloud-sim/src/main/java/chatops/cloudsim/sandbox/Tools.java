package chatops.cloudsim.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The programs of the machine that make sandboxes: bubblewrap and what every Debian has (util-linux, bash, coreutils). Programs are named by their full paths, so no search
 * path decides what is run.
 */
final class Tools {
  private static final List<String> NEEDED =
      List.of("bwrap", "nsenter", "setpriv", "prlimit", "bash");

  /** Nobody's id: what a sandbox is outside when the simulator itself is root. */
  static final int NOBODY = 65_534;

  private Tools() {}

  static String path(String program) {
    return "/usr/bin/" + program;
  }

  static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException notLinux) {
      return false;
    }
  }

  /** Gives up being root, for good. */
  static List<String> asNobody() {
    if (!isRoot()) {
      return List.of();
    }
    return List.of(
        path("setpriv"),
        "--reuid=" + NOBODY,
        "--regid=" + NOBODY,
        "--clear-groups",
        "--inh-caps=-all",
        "--no-new-privs");
  }

  /** Why no sandbox can be made on this machine; empty when one can. */
  static Optional<String> missing() {
    for (String program : NEEDED) {
      if (!Files.isExecutable(Path.of(path(program)))) {
        return Optional.of(
            program.equals("bwrap")
                ? "bubblewrap is not installed"
                : path(program) + " is missing");
      }
    }
    List<String> trial = new ArrayList<>(asNobody());
    trial.addAll(List.of(
        path("bwrap"),
        "--unshare-all",
        "--uid",
        "0",
        "--gid",
        "0",
        "--ro-bind",
        "/",
        "/",
        path("true")));
    try {
      Process process = new ProcessBuilder(trial)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      process.getOutputStream().close();
      if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) {
        return Optional.empty();
      }
      process.destroyForcibly();
    } catch (IOException cannotRun) {
      return Optional.of("bubblewrap cannot be run: " + cannotRun.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return Optional.of("this machine lets bubblewrap make no namespaces");
  }
}
