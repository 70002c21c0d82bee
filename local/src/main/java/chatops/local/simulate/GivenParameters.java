package chatops.local.simulate;

import chatops.engine.template.Template;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parameters of the command line, as far as a template declares them; those of a scenario are given whole. */
final class GivenParameters {
  private final Map<String, JsonNode> given = new LinkedHashMap<>();

  /** @param all whether to pass on what the template does not declare, so that it is refused */
  GivenParameters(Template template, Map<String, JsonNode> parameters, boolean all) {
    parameters.forEach((name, value) -> {
      if (all || template.parameters().keySet().stream().anyMatch(name::equalsIgnoreCase)) {
        given.put(name, value);
      }
    });
  }

  /** The same with those of a scenario, which the command line overrides. */
  Map<String, JsonNode> with(Map<String, JsonNode> scenario) {
    Map<String, JsonNode> all = new LinkedHashMap<>(scenario);
    given.forEach((name, value) -> {
      all.keySet().removeIf(name::equalsIgnoreCase);
      all.put(name, value);
    });
    return all;
  }
}
