package chatops.engine.run;

import chatops.engine.expression.ExpressionException;
import chatops.engine.expression.Scope;
import chatops.engine.id.ExecutionId;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** What defaults and RamRole see before an execution exists: pseudo parameters, and the parameters bound so far. */
public record StartScope(
    ExecutionId id,
    String regionId,
    String user,
    Settings settings,
    Instant now,
    ObjectNode parameters)
    implements Scope {

  public StartScope with(ObjectNode bound) {
    return new StartScope(id, regionId, user, settings, now, bound);
  }

  @Override
  public JsonNode parameter(String name) {
    return parameters.properties().stream()
        .filter(e -> e.getKey().equalsIgnoreCase(name))
        .map(java.util.Map.Entry::getValue)
        .findFirst()
        .orElse(NullNode.getInstance());
  }

  @Override
  public JsonNode taskOutputs(String task) {
    return NullNode.getInstance();
  }

  @Override
  public JsonNode taskResult(String task) {
    return NullNode.getInstance();
  }

  @Override
  public JsonNode pseudo(String name) {
    String text = switch (name.toLowerCase(Locale.ROOT)) {
      case "regionid" -> regionId;
      case "executionid" -> id.value();
      case "accountid" -> settings.accountId();
      case "currentutctime" -> now.truncatedTo(ChronoUnit.SECONDS).toString();
      case "currentdate" -> now.toString().substring(0, 10);
      case "executeuser" -> user;
      case "oosutilversion" -> settings.utilVersion();
      default -> throw new ExpressionException("ACS::" + name + " has no value at the start");
    };
    return TextNode.valueOf(text);
  }

  @Override
  public JsonNode stored(String reference) {
    throw new ExpressionException("{{ " + reference
        + " }}: the parameter store is read when a task starts; write it into the task's Properties, not into a default or"
        + " RamRole");
  }
}
