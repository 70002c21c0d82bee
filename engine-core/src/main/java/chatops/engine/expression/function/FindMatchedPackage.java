package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.ExpressionException;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** {@code Fn::FindMatchedPackage: [package, host]}: the variant of an OOS package that fits a host, chosen by a plug-in. */
final class FindMatchedPackage implements Function {
  @Override
  public String name() {
    return "Fn::FindMatchedPackage";
  }

  @Override
  public int least() {
    return 2;
  }

  @Override
  public int most() {
    return 2;
  }

  private final Packages packages;

  FindMatchedPackage(Packages packages) {
    this.packages = packages;
  }

  @Override
  public boolean isFixed() {
    return false;
  }

  @Override
  public JsonNode apply(Arguments arguments) {
    Optional<JsonNode> found;
    try {
      found = packages.find(arguments.value(0), arguments.value(1));
    } catch (ExpressionException refused) {
      throw arguments.failed(0, refused.getMessage(), refused);
    }
    return found.orElseThrow(() -> arguments.failed(0, "package repository not available", null));
  }
}
