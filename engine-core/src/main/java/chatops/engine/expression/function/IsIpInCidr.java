package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;

/** {@code Fn::IsIpInCIDR: [ip, cidr]}, for IPv4 and IPv6. */
final class IsIpInCidr implements Function {
  @Override
  public String name() {
    return "Fn::IsIpInCIDR";
  }

  @Override
  public int least() {
    return 2;
  }

  @Override
  public int most() {
    return 2;
  }

  @Override
  public JsonNode apply(Arguments arguments) {
    return BooleanNode.valueOf(
        Cidr.parse(arguments, 1).contains(Cidr.address(arguments, 0, arguments.text(0))));
  }
}
