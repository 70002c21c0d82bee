package chatops.engine.extension;

import chatops.engine.expression.ExpressionException;
import chatops.engine.expression.JsonText;
import chatops.engine.expression.function.Packages;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** {@code Fn::FindMatchedPackage} over packages of our own format. Thread-safe. */
public final class PackageMatching implements Packages {
  /** @throws ExpressionException PackageNotMatched, PackageInvalid */
  @Override
  public Optional<JsonNode> find(JsonNode content, JsonNode host) {
    ExtensionPackage.Variant variant;
    try {
      variant = PackageReader.parse("", JsonText.of(content, "")).variant(HostFacts.of(host));
    } catch (ExtensionException refused) {
      throw new ExpressionException(refused.code() + ": " + refused.getMessage(), refused);
    }
    ObjectNode found = JsonNodeFactory.instance.objectNode();
    found.put("InstallScript", variant.install());
    found.put("UninstallScript", variant.uninstall());
    found.put("OutputScript", variant.output());
    ExtensionPackage.PackageFile file = variant.file();
    found.put("BucketName", file == null ? "" : file.bucketName());
    found.put("ObjectName", file == null ? "" : file.objectName());
    found.put("Sha256", file == null ? "" : file.sha256());
    return Optional.of(found);
  }
}
