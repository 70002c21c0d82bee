package chatops.local.pack;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The runtime that {@code s.yaml} deploys to, which is what a package must fit. */
public final class DeployedRuntime {
  private DeployedRuntime() {}

  /**
   * @param environment of whoever deploys
   * @throws PackException when the file names none, another for each function, or one that is none
   */
  public static FcRuntime of(Path file, Map<String, String> environment) {
    DeploymentFile deployment = DeploymentFile.read(file, environment);
    Set<String> named = new TreeSet<>();
    for (Object function : deployment.functions()) {
      named.add(deployment.property(function, "runtime"));
    }
    if (named.size() != 1) {
      throw new PackException(file + ": one runtime for all functions expected, found " + named
          + "; make them the same, or name one with --runtime");
    }
    return FcRuntime.named(named.iterator().next());
  }
}
