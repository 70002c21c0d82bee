package chatops.engine.extension;

import chatops.engine.expression.Fault;
import chatops.engine.expression.JsonText;
import chatops.engine.extension.ExtensionPackage.Match;
import chatops.engine.extension.ExtensionPackage.PackageFile;
import chatops.engine.extension.ExtensionPackage.Variant;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a package does on each kind of host: whom it fits, its file and its scripts. */
final class VariantReader {
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}-[a-z0-9-]{2,30}");
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+~-]{0,199}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /** Cloud Assistant takes 24 KB, of which ours is a part; what is in Base64 twice is nearly twice as long. */
  private static final int LONGEST_SCRIPT = 8 * 1024;

  private static final int LONGEST_OUTPUT_SCRIPT = 2 * 1024;
  private static final long USUAL_SECONDS = 1800;
  private static final long MOST_SECONDS = 86_400;

  private final PackageValues values;

  VariantReader(PackageValues values) {
    this.values = values;
  }

  /** @param parameters names of the package's, which scripts get as variables */
  List<Variant> variants(JsonNode given, Set<String> parameters) {
    List<Variant> variants = new ArrayList<>();
    if (!given.isArray() || given.isEmpty()) {
      values.add(
          given.isMissingNode() ? Fault.MISSING_KEY : Fault.WRONG_TYPE,
          "/Packages",
          "Packages is no list of at least one package",
          "write one for each kind of host: Match, File, InstallScript, UninstallScript");
      return variants;
    }
    for (JsonNode each : given) {
      String at = "/Packages/" + variants.size();
      variants.add(variant(each, at, parameters));
    }
    return variants;
  }

  private Variant variant(JsonNode given, String at, Set<String> parameters) {
    if (!values.isMap(given, at)) {
      return new Variant(
          new Match("", List.of(), List.of(), List.of()), null, "", "", "", USUAL_SECONDS);
    }
    values.keys(
        given,
        at,
        Set.of("Match", "File", "InstallScript", "UninstallScript", "OutputScript", "Timeout"));
    Match match = match(given.path("Match"), at + "/Match");
    JsonNode file = given.path("File");
    return new Variant(
        match,
        file.isMissingNode() ? null : file(file, at + "/File"),
        script(given, at, "InstallScript", parameters),
        script(given, at, "UninstallScript", parameters),
        script(given, at, "OutputScript", parameters),
        seconds(given, at));
  }

  private Match match(JsonNode given, String at) {
    if (!values.isMap(given, at)) {
      return new Match("", List.of(), List.of(), List.of());
    }
    values.keys(given, at, Set.of("OSType", "Platform", "PlatformVersion", "Architecture"));
    String osType = values.needed(given, at, "OSType");
    if (!osType.isEmpty() && !osType.equals("linux") && !osType.equals("windows")) {
      values.wrong(at + "/OSType", "'" + osType + "' is no OSType", "write linux or windows");
    }
    return new Match(
        osType,
        values.texts(given, at, "Platform"),
        values.texts(given, at, "PlatformVersion"),
        values.texts(given, at, "Architecture"));
  }

  private PackageFile file(JsonNode given, String at) {
    if (!values.isMap(given, at)) {
      return new PackageFile("", "", "", "", "");
    }
    values.keys(
        given, at, Set.of("Source", "BucketName", "RegionId", "ObjectName", "Path", "Sha256"));
    String source = values.text(given, at, "Source");
    if (!source.isEmpty() && !source.equals("oss")) {
      values.wrong(
          at + "/Source", "'" + source + "' is no source of files", "write oss, or leave it out");
    }
    PackageFile file = new PackageFile(
        values.needed(given, at, "BucketName"),
        values.needed(given, at, "RegionId"),
        values.needed(given, at, "ObjectName"),
        values.text(given, at, "Path"),
        values.text(given, at, "Sha256"));
    values.shape(
        BUCKET, file.bucketName(), at + "/BucketName", "3 to 63 small letters, digits and -");
    values.shape(REGION, file.regionId(), at + "/RegionId", "a region such as cn-hangzhou");
    values.shape(SHA256, file.sha256(), at + "/Sha256", "64 small hexadecimal digits");
    if (!file.objectName().isEmpty()
        && (file.objectName().startsWith("/")
            || file.objectName().length() > 500
            || !FILE_NAME.matcher(file.fileName()).matches())) {
      values.wrong(
          at + "/ObjectName",
          "'" + file.objectName() + "' is no name an instance can give its file",
          "folders/name, the name of letters, digits and . _ + ~ -");
    }
    if (file.sha256().isEmpty() && file.path().isEmpty()) {
      values.add(
          Fault.MISSING_KEY,
          at,
          "neither Sha256 nor Path",
          "write the file's Sha256, or the Path of it here, from which ./chatops extension build makes it");
    }
    return file;
  }

  private String script(JsonNode given, String at, String name, Set<String> parameters) {
    boolean isNeeded = !name.equals("OutputScript");
    String script = isNeeded ? values.needed(given, at, name) : values.text(given, at, name);
    String place = at + "/" + name;
    int most = isNeeded ? LONGEST_SCRIPT : LONGEST_OUTPUT_SCRIPT;
    if (script.getBytes(StandardCharsets.UTF_8).length > most) {
      values.add(
          Fault.TOO_LARGE,
          place,
          name + " is longer than " + most + " bytes",
          "put it into the file and call it from here");
    }
    for (String parameter : parameters) {
      if (Pattern.compile("\\{\\{\\s*" + Pattern.quote(parameter) + "\\s*\\}\\}")
          .matcher(script)
          .find()) {
        values.wrong(
            place,
            name + " has {{" + parameter + "}} in its text, where a value could change the script",
            "write \"$" + parameter + "\"");
      }
    }
    return script;
  }

  private long seconds(JsonNode given, String at) {
    JsonNode timeout = given.path("Timeout");
    if (timeout.isMissingNode()) {
      return USUAL_SECONDS;
    }
    if (!timeout.isIntegralNumber() || timeout.asLong() < 10 || timeout.asLong() > MOST_SECONDS) {
      values.wrong(
          at + "/Timeout",
          JsonText.brief(timeout) + " is no timeout",
          "write seconds, from 10 to " + MOST_SECONDS);
      return USUAL_SECONDS;
    }
    return timeout.asLong();
  }
}
