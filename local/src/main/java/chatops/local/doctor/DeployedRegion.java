package chatops.local.doctor;

import chatops.execution.config.ConfigurationFile;
import chatops.execution.config.ConfigurationFileException;
import chatops.local.pack.DeploymentFile;
import chatops.local.pack.PackException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The region that is deployed to, and where it is named: {@code s.yaml} itself where it has a region of its own, else {@code
 * ALIYUN_REGION}, {@code ALIBABA_CLOUD_REGION_ID}, the profile of the command line tool {@code aliyun}, {@code regions.default} of
 * the configuration, and last what {@code s.yaml} takes without the variable.
 *
 * @param source as whoever deploys knows it
 */
public record DeployedRegion(String id, String source) {
  static final String VARIABLE = "ALIYUN_REGION";
  private static final String SDK_VARIABLE = "ALIBABA_CLOUD_REGION_ID";
  private static final String PROFILE = "ALIBABA_CLOUD_PROFILE";
  private static final String FUNCTION = "execution";
  private static final Pattern ID = Pattern.compile("[a-z]{2,}(-[a-z0-9]+)+");
  private static final String PROBE = "named-by-the-variable";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param configuration chatops.yaml
   * @param deployment s.yaml
   * @param environment of whoever deploys
   */
  public static DeployedRegion of(
      Path configuration, Path deployment, Map<String, String> environment) {
    Map<String, String> probing = new TreeMap<>(environment);
    probing.put(VARIABLE, PROBE);
    String fixed = inFile(deployment, probing);
    if (!fixed.isEmpty() && !fixed.equals(PROBE)) {
      return new DeployedRegion(fixed, "s.yaml");
    }
    for (String variable : new String[] {VARIABLE, SDK_VARIABLE}) {
      String value = environment.getOrDefault(variable, "").strip();
      if (!value.isEmpty()) {
        return new DeployedRegion(value, variable);
      }
    }
    DeployedRegion profile = ofProfile(environment);
    if (!profile.id().isEmpty()) {
      return profile;
    }
    try {
      return new DeployedRegion(
          ConfigurationFile.read(configuration).regions().initial(),
          "regions.default of " + configuration.getFileName());
    } catch (ConfigurationFileException unread) {
      String usual = inFile(deployment, environment);
      return new DeployedRegion(
          usual.isEmpty() ? "cn-hangzhou" : usual, "what s.yaml takes without " + VARIABLE);
    }
  }

  /** Empty where the file names none, or cannot be read: that is a finding of its own. */
  private static String inFile(Path deployment, Map<String, String> environment) {
    try {
      String region = DeploymentFile.read(deployment, environment).property(FUNCTION, "region");
      return region.contains("${") || region.equals("null") ? "" : region.strip();
    } catch (PackException unread) {
      return "";
    }
  }

  /** Of that file nothing but names and regions is looked at: it holds keys, too. */
  private static DeployedRegion ofProfile(Map<String, String> environment) {
    Path file = Path.of(environment.getOrDefault("HOME", ""), ".aliyun", "config.json");
    try {
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      String wanted = environment.getOrDefault(PROFILE, "").strip();
      String name = wanted.isEmpty() ? root.path("current").asText() : wanted;
      for (JsonNode profile : root.path("profiles")) {
        if (profile.path("name").asText().equals(name)) {
          return new DeployedRegion(
              profile.path("region_id").asText().strip(),
              "the profile '" + name + "' in ~/.aliyun/config.json");
        }
      }
    } catch (IOException none) {
      // whoever does not use that tool has no such file
    }
    return new DeployedRegion("", "");
  }

  Finding finding() {
    String other = source.equals("s.yaml") ? "region in s.yaml" : VARIABLE;
    return ID.matcher(id).matches()
        ? Finding.good("region", id + ", named by " + source)
        : Finding.bad(
            "region",
            "'" + id + "', named by " + source + ", is no region's id",
            "set " + other + " to one such as cn-hangzhou");
  }
}
