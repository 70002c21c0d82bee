package chatops.engine.extension;

import chatops.engine.expression.Fault;
import chatops.engine.expression.JsonText;
import chatops.engine.expression.Pointers;
import chatops.engine.extension.ExtensionPackage.Kind;
import chatops.engine.extension.ExtensionPackage.Match;
import chatops.engine.extension.ExtensionPackage.PackageFile;
import chatops.engine.extension.ExtensionPackage.Scope;
import chatops.engine.extension.ExtensionPackage.Variant;
import chatops.engine.extension.PackageParameter.Type;
import chatops.engine.script.SafeScript;
import chatops.engine.template.Finding;
import chatops.engine.template.PlainDocument;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a package, and finds what is wrong with it, with line and column. Used once. */
public final class PackageReader {
  /** OOS API reference, CreateTemplate: Content and TemplateName. */
  private static final int LONGEST_PACKAGE = 64 * 1024;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
  private static final Pattern RESERVED = Pattern.compile("(?i)(aliyun|acs|alibaba|alicloud).*");
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}-[a-z0-9-]{2,30}");
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+~-]{0,199}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  /** Variables that decide which programs a script runs, or how a shell reads it. */
  private static final Pattern TAKEN =
      Pattern.compile("(?i)chatops_.*|ld_.*|path|ifs|env|bash_env|home|shellopts|bashopts|ps4");

  /** Cloud Assistant takes 24 KB, of which ours is a part; what is in Base64 twice is nearly twice as long. */
  private static final int LONGEST_SCRIPT = 8 * 1024;

  private static final int LONGEST_OUTPUT_SCRIPT = 2 * 1024;

  private static final int MOST_PARAMETERS = 20;
  private static final long USUAL_SECONDS = 1800;
  private static final long MOST_SECONDS = 86_400;

  private final PlainDocument document;

  private PackageReader(String text) {
    document = PlainDocument.read(text);
  }

  /**
   * What a text is.
   *
   * @param extension null where a finding is an error
   */
  public record Read(@Nullable ExtensionPackage extension, List<Finding> findings) {
    public Read {
      findings = List.copyOf(findings);
    }
  }

  public static Read read(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_PACKAGE) {
      PlainDocument none = PlainDocument.read("{}");
      none.add(
          Fault.TOO_LARGE,
          "",
          "the package is longer than " + LONGEST_PACKAGE + " bytes",
          "put what is long into its file");
      return new Read(null, none.findings());
    }
    PackageReader reader = new PackageReader(text);
    ExtensionPackage extension =
        reader.document.hasErrors() ? null : reader.extension(reader.document.root());
    return new Read(reader.document.hasErrors() ? null : extension, reader.document.findings());
  }

  /** @throws ExtensionException PackageInvalid, which names the first place */
  public static ExtensionPackage parse(String name, String text) {
    Read read = read(text);
    if (read.extension() == null) {
      throw new ExtensionException(
          "PackageInvalid",
          "package " + name + " cannot be read: "
              + read.findings().stream()
                  .filter(finding -> finding.fault().isError())
                  .findFirst()
                  .map(Finding::toString)
                  .orElse(""));
    }
    return read.extension();
  }

  static boolean isName(String name) {
    return NAME.matcher(name).matches() && !RESERVED.matcher(name).matches();
  }

  private @Nullable ExtensionPackage extension(JsonNode root) {
    if (!isMap(root, "")) {
      return null;
    }
    String format = text(root, "", "FormatVersion");
    if (!format.equals(ExtensionPackage.FORMAT)) {
      document.add(
          Fault.FORMAT_VERSION,
          "/FormatVersion",
          "FormatVersion is '" + format + "'",
          "write FormatVersion: " + ExtensionPackage.FORMAT);
      return null;
    }
    keys(
        root,
        "",
        Set.of(
            "FormatVersion",
            "Name",
            "Type",
            "Description",
            "Constraints",
            "Parameters",
            "Packages"));
    String name = needed(root, "", "Name");
    if (!name.isEmpty()
        && (!NAME.matcher(name).matches() || RESERVED.matcher(name).matches())) {
      wrong(
          "/Name",
          "'" + name + "' is no name of an extension",
          "letters, digits, - and _, at most 100, and not Aliyun, ACS, Alibaba or Alicloud before them");
    }
    Kind kind = one("/Type", needed(root, "", "Type"), Kind.values(), Kind::text, Kind.APPLICATION);
    Map<String, PackageParameter> parameters = parameters(root.path("Parameters"));
    return new ExtensionPackage(
        name,
        kind,
        text(root, "", "Description"),
        scope(root.path("Constraints")),
        parameters,
        variants(root.path("Packages"), parameters.keySet()));
  }

  private Scope scope(JsonNode given) {
    String at = "/Constraints";
    if (given.isMissingNode() || !isMap(given, at)) {
      return new Scope(List.of(), List.of(), List.of(), List.of());
    }
    keys(given, at, Set.of("InstanceTypeFamilies", "ImageTypes", "OSPlatforms", "OSVersions"));
    return new Scope(
        texts(given, at, "InstanceTypeFamilies"),
        texts(given, at, "ImageTypes"),
        texts(given, at, "OSPlatforms"),
        texts(given, at, "OSVersions"));
  }

  private Map<String, PackageParameter> parameters(JsonNode given) {
    Map<String, PackageParameter> parameters = new LinkedHashMap<>();
    if (given.isMissingNode() || !isMap(given, "/Parameters")) {
      return parameters;
    }
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      String at = "/Parameters/" + Pointers.escape(entry.getKey());
      if (!SafeScript.isName(entry.getKey()) || TAKEN.matcher(entry.getKey()).matches()) {
        document.add(
            Fault.INVALID_NAME,
            at,
            "parameter '" + entry.getKey() + "' can be no variable of a script",
            "letters, digits and _, and none that a shell uses itself");
      }
      parameters.put(entry.getKey(), parameter(entry.getValue(), at));
    }
    if (parameters.size() > MOST_PARAMETERS) {
      wrong("/Parameters", parameters.size() + " parameters", "at most " + MOST_PARAMETERS);
    }
    return parameters;
  }

  private PackageParameter parameter(JsonNode given, String at) {
    if (!isMap(given, at)) {
      return new PackageParameter(Type.STRING, "", "", "", true);
    }
    keys(given, at, Set.of("Type", "Description", "Pattern", "Default"));
    Type type =
        one(at + "/Type", needed(given, at, "Type"), Type.values(), Type::text, Type.STRING);
    boolean isNeeded = given.path("Default").isMissingNode();
    PackageParameter parameter = new PackageParameter(
        type,
        text(given, at, "Description"),
        text(given, at, "Pattern"),
        text(given, at, "Default"),
        isNeeded);
    if (!isNeeded && !parameter.accepts(parameter.initial())) {
      document.add(
          Fault.INVALID_DEFAULT,
          at + "/Default",
          "'" + parameter.initial() + "' does not fit",
          "write " + parameter.expected());
    }
    return parameter;
  }

  private List<Variant> variants(JsonNode given, Set<String> parameters) {
    List<Variant> variants = new ArrayList<>();
    if (!given.isArray() || given.isEmpty()) {
      document.add(
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
    if (!isMap(given, at)) {
      return new Variant(
          new Match("", List.of(), List.of(), List.of()), null, "", "", "", USUAL_SECONDS);
    }
    keys(
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
    if (!isMap(given, at)) {
      return new Match("", List.of(), List.of(), List.of());
    }
    keys(given, at, Set.of("OSType", "Platform", "PlatformVersion", "Architecture"));
    String osType = needed(given, at, "OSType");
    if (!osType.isEmpty() && !osType.equals("linux") && !osType.equals("windows")) {
      wrong(at + "/OSType", "'" + osType + "' is no OSType", "write linux or windows");
    }
    return new Match(
        osType,
        texts(given, at, "Platform"),
        texts(given, at, "PlatformVersion"),
        texts(given, at, "Architecture"));
  }

  private PackageFile file(JsonNode given, String at) {
    if (!isMap(given, at)) {
      return new PackageFile("", "", "", "", "");
    }
    keys(given, at, Set.of("Source", "BucketName", "RegionId", "ObjectName", "Path", "Sha256"));
    String source = text(given, at, "Source");
    if (!source.isEmpty() && !source.equals("oss")) {
      wrong(at + "/Source", "'" + source + "' is no source of files", "write oss, or leave it out");
    }
    PackageFile file = new PackageFile(
        needed(given, at, "BucketName"),
        needed(given, at, "RegionId"),
        needed(given, at, "ObjectName"),
        text(given, at, "Path"),
        text(given, at, "Sha256"));
    shape(BUCKET, file.bucketName(), at + "/BucketName", "3 to 63 small letters, digits and -");
    shape(REGION, file.regionId(), at + "/RegionId", "a region such as cn-hangzhou");
    shape(SHA256, file.sha256(), at + "/Sha256", "64 small hexadecimal digits");
    if (!file.objectName().isEmpty()
        && (file.objectName().startsWith("/")
            || file.objectName().length() > 500
            || !FILE_NAME.matcher(file.fileName()).matches())) {
      wrong(
          at + "/ObjectName",
          "'" + file.objectName() + "' is no name an instance can give its file",
          "folders/name, the name of letters, digits and . _ + ~ -");
    }
    if (file.sha256().isEmpty() && file.path().isEmpty()) {
      document.add(
          Fault.MISSING_KEY,
          at,
          "neither Sha256 nor Path",
          "write the file's Sha256, or the Path of it here, from which ./chatops extension build makes it");
    }
    return file;
  }

  private String script(JsonNode given, String at, String name, Set<String> parameters) {
    boolean isNeeded = !name.equals("OutputScript");
    String script = isNeeded ? needed(given, at, name) : text(given, at, name);
    String place = at + "/" + name;
    int most = isNeeded ? LONGEST_SCRIPT : LONGEST_OUTPUT_SCRIPT;
    if (script.getBytes(StandardCharsets.UTF_8).length > most) {
      document.add(
          Fault.TOO_LARGE,
          place,
          name + " is longer than " + most + " bytes",
          "put it into the file and call it from here");
    }
    for (String parameter : parameters) {
      if (Pattern.compile("\\{\\{\\s*" + Pattern.quote(parameter) + "\\s*\\}\\}")
          .matcher(script)
          .find()) {
        wrong(
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
      wrong(
          at + "/Timeout",
          JsonText.brief(timeout) + " is no timeout",
          "write seconds, from 10 to " + MOST_SECONDS);
      return USUAL_SECONDS;
    }
    return timeout.asLong();
  }

  // ---- values

  private boolean isMap(JsonNode given, String at) {
    if (!given.isObject()) {
      document.add(
          given.isMissingNode() ? Fault.MISSING_KEY : Fault.WRONG_TYPE,
          at,
          (at.isEmpty() ? "the package" : at.substring(1)) + " is no map",
          "write keys and values");
      return false;
    }
    return true;
  }

  private void keys(JsonNode given, String at, Set<String> known) {
    given.fieldNames().forEachRemaining(name -> {
      if (!known.contains(name)) {
        document.add(
            Fault.UNKNOWN_KEY,
            at + "/" + Pointers.escape(name),
            "'" + name + "' means nothing here",
            "write one of " + known.stream().sorted().collect(Collectors.joining(", ")));
      }
    });
  }

  private String needed(JsonNode given, String at, String name) {
    String text = text(given, at, name);
    if (given.path(name).isMissingNode() || (given.path(name).isTextual() && text.isEmpty())) {
      document.add(Fault.MISSING_KEY, at, name + " is missing", "write it");
    }
    return text;
  }

  private String text(JsonNode given, String at, String name) {
    JsonNode value = given.path(name);
    if (value.isMissingNode()) {
      return "";
    }
    boolean isPlain = value.isTextual() || value.isNumber() || value.isBoolean();
    if (!isPlain) {
      document.add(
          Fault.WRONG_TYPE,
          at + "/" + name,
          name + " is " + JsonText.typeOf(value),
          "write a text");
      return "";
    }
    return value.asText();
  }

  private List<String> texts(JsonNode given, String at, String name) {
    List<String> texts = new ArrayList<>();
    JsonNode list = given.path(name);
    if (list.isMissingNode()) {
      return texts;
    }
    if (!list.isArray()) {
      document.add(Fault.WRONG_TYPE, at + "/" + name, name + " is no list", "write [one, another]");
      return texts;
    }
    for (JsonNode each : list) {
      if (each.isTextual()) {
        texts.add(each.textValue());
      } else {
        document.add(
            Fault.WRONG_TYPE,
            at + "/" + name + "/" + texts.size(),
            name + " holds " + JsonText.typeOf(each),
            "write texts, a version such as \"20.10\" in quotes");
      }
    }
    return texts;
  }

  private <T> T one(String at, String word, T[] all, Function<T, String> text, T otherwise) {
    if (!word.isEmpty()) {
      for (T each : all) {
        if (text.apply(each).equals(word)) {
          return each;
        }
      }
      wrong(
          at,
          "'" + word + "' is none of them",
          "write " + Stream.of(all).map(text).collect(Collectors.joining(", ")));
    }
    return otherwise;
  }

  private void shape(Pattern pattern, String value, String at, String expected) {
    if (!value.isEmpty() && !pattern.matcher(value).matches()) {
      wrong(at, "'" + value + "' does not fit", "write " + expected);
    }
  }

  private void wrong(String at, String message, String remedy) {
    document.add(Fault.WRONG_VALUE, at, message, remedy);
  }
}
