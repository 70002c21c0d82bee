package chatops.engine;

import chatops.engine.execution.Person;
import chatops.engine.id.ExecutionId;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A wish to run a template.
 *
 * @param id derived from the platform's own event, so that a second delivery names the same execution
 * @param templateVersion empty for the latest
 * @param parameters given values by name; types are converted as the declarations say
 * @param replyAddress opaque (sealed by the host); handed back in every notice
 * @param origin opaque facts (platform, channel, language); handed back in every notice
 * @param regionId where the execution runs, {@code ACS::RegionId}
 * @param mode {@code Automatic}, {@code FailurePause} or {@code Debug}; empty is the first
 * @param loopMode {@code Automatic}, {@code FirstBatchPause} or {@code EveryBatchPause}; empty is the first
 * @param safetyCheck {@code ConfirmEveryHighRiskAction} or {@code Skip}; empty is what the host's settings say
 */
public record StartExecution(
    ExecutionId id,
    String template,
    String templateVersion,
    Map<String, JsonNode> parameters,
    Person startedBy,
    String replyAddress,
    Map<String, String> origin,
    String regionId,
    String mode,
    String loopMode,
    String safetyCheck) {
  public StartExecution {
    parameters = Map.copyOf(parameters);
    origin = Map.copyOf(origin);
  }

  /** With the loop mode of the templates and the safety check of the settings. */
  public StartExecution(
      ExecutionId id,
      String template,
      String templateVersion,
      Map<String, JsonNode> parameters,
      Person startedBy,
      String replyAddress,
      Map<String, String> origin,
      String regionId,
      String mode) {
    this(
        id,
        template,
        templateVersion,
        parameters,
        startedBy,
        replyAddress,
        origin,
        regionId,
        mode,
        "",
        "");
  }
}
