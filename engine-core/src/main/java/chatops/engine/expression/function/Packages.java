package chatops.engine.expression.function;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Plug-in point of {@code Fn::FindMatchedPackage}: how OOS chooses among a package's variants is not published. */
@FunctionalInterface
public interface Packages {
  /** There is no repository: every look-up is refused. */
  Packages NONE = (content, host) -> Optional.empty();

  /**
   * @param content the package template, as text or map
   * @param host facts about the host, as text or map
   * @throws chatops.engine.expression.ExpressionException when the package cannot be read, or nothing in it fits
   * @return {@code {InstallScript, UninstallScript, OutputScript, BucketName, ObjectName…}}
   */
  Optional<JsonNode> find(JsonNode content, JsonNode host);
}
