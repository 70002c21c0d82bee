package chatops.engine.catalog;

import chatops.engine.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The templates that ship with the product, read from its own class path. Thread-safe. */
public final class BundledCatalog implements TemplateCatalog {
  private static final List<String> FILES = List.of(
      "ECS-StartInstances.yml",
      "ECS-StopInstances.yml",
      "ECS-RebootInstances.yml",
      "ECS-DescribeInstances.yml",
      "ECS-BulkRebootInstancesWithApproval.yml",
      "ECS-RunCommand.yml",
      "ECS-ConfigureExtension.yml",
      "ECS-ListExtensions.yml",
      "ESS-DescribeScalingGroups.yml",
      "ESS-DescribeScalingActivities.yml",
      "ESS-DescribeLifecycleHooks.yml",
      "ESS-CompleteLifecycleAction.yml",
      "ESS-LifecycleHook.yml",
      "ESS-LifecycleWork.yml",
      "ESS-LifecycleRunCommand.yml",
      "ESS-LifecycleRunCommandElsewhere.yml",
      "ESS-LifecycleNameInstance.yml",
      "ESS-LifecycleAssociateEip.yml",
      "ESS-LifecycleReleaseEip.yml",
      "ESS-LifecycleAllowInRedis.yml",
      "ESS-LifecycleAllowInMongoDB.yml",
      "actions/ECS/StartInstance.yml",
      "actions/ECS/StopInstance.yml",
      "actions/ECS/RebootInstance.yml",
      "actions/ECS/RunCommand.yml",
      "actions/ECS/ConfigureExtension.yml",
      "actions/ECS/ConfigureOOSPackage.yml",
      "actions/ECS/RunExtensionScript.yml");

  private final Map<String, Source> sources = new LinkedHashMap<>();

  /** @throws EngineException when the product is not packaged whole */
  public BundledCatalog() {
    for (String file : FILES) {
      String text = read(file);
      String name = TemplateFiles.name(java.nio.file.Path.of(file)).orElseThrow();
      sources.put(name, new Source(name, TemplateFiles.version(text), text));
    }
  }

  private static String read(String file) {
    try (InputStream bytes =
        BundledCatalog.class.getResourceAsStream("/chatops/templates/" + file)) {
      if (bytes == null) {
        throw new EngineException(
            "bundled template " + file + " is not on the class path; build engine-core again");
      }
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new EngineException("bundled template " + file + " cannot be read", unreadable);
    }
  }

  @Override
  public List<String> names() {
    return List.copyOf(sources.keySet());
  }

  @Override
  public Optional<Source> find(String name, String version) {
    return Optional.ofNullable(sources.get(name))
        .or(() -> sources.values().stream()
            .filter(each -> each.name().equalsIgnoreCase(name))
            .findFirst())
        .filter(source -> version.isEmpty() || source.version().equals(version));
  }
}
