package chatops.engine.extension;

import chatops.engine.expression.Fault;
import chatops.engine.expression.Pointers;
import chatops.engine.extension.ExtensionPackage.Kind;
import chatops.engine.extension.ExtensionPackage.Scope;
import chatops.engine.extension.PackageParameter.Type;
import chatops.engine.script.SafeScript;
import chatops.engine.template.Finding;
import chatops.engine.template.PlainDocument;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a package, and finds what is wrong with it, with line and column. Used once. */
public final class PackageReader {
  /** OOS API reference, CreateTemplate: Content and TemplateName. */
  private static final int LONGEST_PACKAGE = 64 * 1024;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
  private static final Pattern RESERVED = Pattern.compile("(?i)(aliyun|acs|alibaba|alicloud).*");
  /** Variables that decide which programs a script runs, or how a shell reads it. */
  private static final Pattern TAKEN =
      Pattern.compile("(?i)chatops_.*|ld_.*|path|ifs|env|bash_env|home|shellopts|bashopts|ps4");

  private static final int MOST_PARAMETERS = 20;

  private final PackageValues values;

  private PackageReader(PackageValues values) {
    this.values = values;
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
    PlainDocument document = PlainDocument.read(text);
    ExtensionPackage extension = document.hasErrors()
        ? null
        : new PackageReader(new PackageValues(document)).extension(document.root());
    return new Read(document.hasErrors() ? null : extension, document.findings());
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
    if (!values.isMap(root, "")) {
      return null;
    }
    String format = values.text(root, "", "FormatVersion");
    if (!format.equals(ExtensionPackage.FORMAT)) {
      values.add(
          Fault.FORMAT_VERSION,
          "/FormatVersion",
          "FormatVersion is '" + format + "'",
          "write FormatVersion: " + ExtensionPackage.FORMAT);
      return null;
    }
    values.keys(
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
    String name = values.needed(root, "", "Name");
    if (!name.isEmpty() && !isName(name)) {
      values.wrong(
          "/Name",
          "'" + name + "' is no name of an extension",
          "letters, digits, - and _, at most 100, and not Aliyun, ACS, Alibaba or Alicloud before them");
    }
    Kind kind = values.one(
        "/Type", values.needed(root, "", "Type"), Kind.values(), Kind::text, Kind.APPLICATION);
    Map<String, PackageParameter> parameters = parameters(root.path("Parameters"));
    return new ExtensionPackage(
        name,
        kind,
        values.text(root, "", "Description"),
        scope(root.path("Constraints")),
        parameters,
        new VariantReader(values).variants(root.path("Packages"), parameters.keySet()));
  }

  private Scope scope(JsonNode given) {
    String at = "/Constraints";
    if (given.isMissingNode() || !values.isMap(given, at)) {
      return new Scope(List.of(), List.of(), List.of(), List.of());
    }
    values.keys(
        given, at, Set.of("InstanceTypeFamilies", "ImageTypes", "OSPlatforms", "OSVersions"));
    return new Scope(
        values.texts(given, at, "InstanceTypeFamilies"),
        values.texts(given, at, "ImageTypes"),
        values.texts(given, at, "OSPlatforms"),
        values.texts(given, at, "OSVersions"));
  }

  private Map<String, PackageParameter> parameters(JsonNode given) {
    Map<String, PackageParameter> parameters = new LinkedHashMap<>();
    if (given.isMissingNode() || !values.isMap(given, "/Parameters")) {
      return parameters;
    }
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      String at = "/Parameters/" + Pointers.escape(entry.getKey());
      if (!SafeScript.isName(entry.getKey()) || TAKEN.matcher(entry.getKey()).matches()) {
        values.add(
            Fault.INVALID_NAME,
            at,
            "parameter '" + entry.getKey() + "' can be no variable of a script",
            "letters, digits and _, and none that a shell uses itself");
      }
      parameters.put(entry.getKey(), parameter(entry.getValue(), at));
    }
    if (parameters.size() > MOST_PARAMETERS) {
      values.wrong("/Parameters", parameters.size() + " parameters", "at most " + MOST_PARAMETERS);
    }
    return parameters;
  }

  private PackageParameter parameter(JsonNode given, String at) {
    if (!values.isMap(given, at)) {
      return new PackageParameter(Type.STRING, "", "", "", true);
    }
    values.keys(given, at, Set.of("Type", "Description", "Pattern", "Default"));
    Type type = values.one(
        at + "/Type", values.needed(given, at, "Type"), Type.values(), Type::text, Type.STRING);
    boolean isNeeded = given.path("Default").isMissingNode();
    PackageParameter parameter = new PackageParameter(
        type,
        values.text(given, at, "Description"),
        values.text(given, at, "Pattern"),
        values.text(given, at, "Default"),
        isNeeded);
    if (!isNeeded && !parameter.accepts(parameter.initial())) {
      values.add(
          Fault.INVALID_DEFAULT,
          at + "/Default",
          "'" + parameter.initial() + "' does not fit",
          "write " + parameter.expected());
    }
    return parameter;
  }
}
