package chatops.engine.extension;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What an execution wants to do with an extension on one instance.
 *
 * @param version empty for the latest
 * @param parameters as a person gave them
 * @param instance as DescribeInstances shows it
 * @param imageOwner who owns its image; empty where nobody asked
 * @param host what it says about itself
 * @param execution root of the execution that does it
 * @param folder name for a folder that no other use shares
 */
public record ConfigureRequest(
    Verb verb,
    String name,
    String version,
    Map<String, String> parameters,
    JsonNode instance,
    String imageOwner,
    HostFacts host,
    String execution,
    String folder) {
  /** What is to be done. */
  public enum Verb {
    INSTALL,
    UPGRADE,
    UNINSTALL;

    /** @throws ExtensionException ExtensionAction */
    public static Verb of(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "install" -> INSTALL;
        case "upgrade", "update" -> UPGRADE;
        case "uninstall" -> UNINSTALL;
        default ->
          throw new ExtensionException(
              "ExtensionAction",
              "'" + text + "' is nothing to do with an extension: install, upgrade or uninstall");
      };
    }
  }

  public ConfigureRequest {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  String instanceId() {
    return instance.path("InstanceId").asText("");
  }
}
