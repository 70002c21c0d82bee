package chatops.engine.extension;

import chatops.engine.policy.Glob;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of an extension, as its author wrote it: the format {@code CHATOPS-PACKAGE-1} (docs/extensions.md, docs/chatops-package-1.schema.json). Immutable.
 *
 * @param description for lists; may be empty
 * @param variants the first whose facts all fit is taken
 */
public record ExtensionPackage(
    String name,
    Kind type,
    String description,
    Scope scope,
    Map<String, PackageParameter> parameters,
    List<Variant> variants) {
  public static final String FORMAT = "CHATOPS-PACKAGE-1";

  public ExtensionPackage {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    variants = List.copyOf(variants);
  }

  /** What kind of software it is. */
  public enum Kind {
    DRIVER("Driver"),
    PERFORMANCE("Performance"),
    AGENT("Agent"),
    APPLICATION("Application");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** As packages spell it. */
    public String text() {
      return text;
    }
  }

  /**
   * Instances it may be put on at all; an empty list allows any. {@code *} stands for any characters, letter case does not count.
   *
   * @param imageTypes who owns the image: system, self, others, marketplace
   * @param osVersions an instance's whole OSName, such as {@code Ubuntu  22.04 64 bit}
   */
  public record Scope(
      List<String> instanceTypeFamilies,
      List<String> imageTypes,
      List<String> osPlatforms,
      List<String> osVersions) {
    public Scope {
      instanceTypeFamilies = List.copyOf(instanceTypeFamilies);
      imageTypes = List.copyOf(imageTypes);
      osPlatforms = List.copyOf(osPlatforms);
      osVersions = List.copyOf(osVersions);
    }
  }

  /** Facts a variant is for; an empty list fits any. */
  public record Match(
      String osType, List<String> platforms, List<String> versions, List<String> architectures) {
    public Match {
      platforms = List.copyOf(platforms);
      versions = List.copyOf(versions);
      architectures = List.copyOf(architectures);
    }

    boolean fits(HostFacts host) {
      return osType.equals(host.osType())
          && anyOf(platforms, host.platform())
          && anyOf(versions, host.platformVersion())
          && (architectures.isEmpty()
              || architectures.stream()
                  .map(HostFacts::architecture)
                  .anyMatch(host.architecture()::equals));
    }
  }

  /**
   * A file of OSS that comes with a variant.
   *
   * @param regionId where the bucket is: only instances of this region fetch from it
   * @param path where the author's machine has it; empty once it is published
   * @param sha256 in small letters; empty until it is published
   */
  public record PackageFile(
      String bucketName, String regionId, String objectName, String path, String sha256) {
    /** The last part of the object's name: what the file is called on the instance. */
    public String fileName() {
      return objectName.substring(objectName.lastIndexOf('/') + 1);
    }
  }

  /**
   * What is done on hosts of one kind.
   *
   * @param file null where the scripts need none
   * @param uninstall what undoes it; must also succeed where little or nothing is left
   * @param output tells after an installation what people want to know; may be empty
   * @param timeout in seconds, of each script
   */
  public record Variant(
      Match match,
      @Nullable PackageFile file,
      String install,
      String uninstall,
      String output,
      long timeout) {}

  static boolean anyOf(List<String> patterns, String value) {
    return patterns.isEmpty()
        || patterns.stream().anyMatch(pattern -> new Glob(pattern).matches(value));
  }

  /**
   * The variant for a host.
   *
   * @throws ExtensionException PackageNotMatched, which names the host's facts
   */
  public Variant variant(HostFacts host) {
    return variants.stream()
        .filter(each -> each.match().fits(host))
        .findFirst()
        .orElseThrow(() -> new ExtensionException(
            "PackageNotMatched",
            "extension " + name + " has nothing for this instance: " + host
                + "; add a package to it whose Match fits"));
  }
}
