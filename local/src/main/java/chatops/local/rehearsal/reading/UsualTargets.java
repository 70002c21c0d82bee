package chatops.local.rehearsal.reading;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Targets that select two instances (specification 2.4.1). */
public final class UsualTargets {
  private UsualTargets() {}

  public static ObjectNode in(String region) {
    MadeUpText texts = new MadeUpText(region);
    ObjectNode targets =
        JsonNodeFactory.instance.objectNode().put("Type", "ResourceIds").put("RegionId", region);
    targets.putArray("ResourceIds").add(texts.of("InstanceId", 1)).add(texts.of("InstanceId", 2));
    return targets;
  }
}
