package chatops.engine.extension;

import chatops.engine.expression.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/**
 * What an instance says about itself. Names of facts are read in any letter case, as {@code oosutil get_ecs_info} and our own script write them.
 *
 * @param osType {@code linux} or {@code windows}
 * @param platform such as {@code ubuntu} or {@code alinux}: the {@code ID} of {@code /etc/os-release}
 * @param platformVersion such as {@code 22.04}
 * @param architecture {@code x86_64} or {@code arm64}; as it was said where it is neither
 */
public record HostFacts(
    String osType, String platform, String platformVersion, String architecture) {

  public static HostFacts of(JsonNode given) {
    JsonNode facts = given.isTextual()
        ? JsonText.parseContainer(given.textValue().strip()).orElse(given)
        : given;
    return new HostFacts(
        fact(facts, "osType").toLowerCase(Locale.ROOT),
        fact(facts, "platform"),
        fact(facts, "platformVersion"),
        architecture(fact(facts, "architecture")));
  }

  private static String fact(JsonNode facts, String name) {
    for (Map.Entry<String, JsonNode> fact : facts.properties()) {
      if (fact.getKey().equalsIgnoreCase(name)) {
        return fact.getValue().asText("").strip();
      }
    }
    return "";
  }

  /** One name for each kind of processor, whoever names it. */
  static String architecture(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "x86_64", "amd64", "x64" -> "x86_64";
      case "aarch64", "arm64" -> "arm64";
      default -> name;
    };
  }

  @Override
  public String toString() {
    return "OSType '" + osType + "', Platform '" + platform + "', PlatformVersion '"
        + platformVersion + "', Architecture '" + architecture + "'";
  }
}
