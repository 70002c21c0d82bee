package chatops.benchmarks.acknowledge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What else the machine does, to be read beside every figure. */
public final class Load {
  private Load() {}

  /** One line: processors, the load of the last minute, when. */
  public static String line() {
    String average;
    try {
      average = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    } catch (IOException none) {
      average = "unknown";
    }
    return "machine: " + Runtime.getRuntime().availableProcessors() + " processors, load "
        + average;
  }
}
