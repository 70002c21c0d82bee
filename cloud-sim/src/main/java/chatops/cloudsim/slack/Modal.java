package chatops.cloudsim.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A modal as it stands on one person's screen.
 *
 * @param number rises with every change of any modal, for pages that poll
 * @param rootId the view at the bottom of its stack
 * @param previousId the view below it
 * @param externalId the app's own name for it, empty when it gave none
 * @param hash another one after every change by the app
 * @param user whose screen it is on
 * @param channel where the person was when it opened, empty when nowhere
 * @param view what the app gave
 * @param inputs what is in each input block, as {@code view.state.values} has it, by block
 * @param errors what stands below input blocks, by block
 */
public record Modal(
    long number,
    String id,
    String rootId,
    Optional<String> previousId,
    String externalId,
    String hash,
    String user,
    String channel,
    JsonNode view,
    Map<String, ObjectNode> inputs,
    Map<String, String> errors) {
  public Modal {
    inputs = Map.copyOf(inputs);
    errors = Map.copyOf(errors);
  }

  /** Whether the app gave it this {@code callback_id}. */
  public boolean isCalled(String callbackId) {
    return view.path("callback_id").asText().equals(callbackId);
  }

  /** The input blocks in the order they stand in. */
  public List<JsonNode> inputBlocks() {
    return java.util.stream.StreamSupport.stream(view.path("blocks").spliterator(), false)
        .filter(block -> block.path("type").asText().equals("input"))
        .toList();
  }

  Modal withInput(long newNumber, String block, ObjectNode input) {
    Map<String, ObjectNode> all = new LinkedHashMap<>(inputs);
    all.put(block, input);
    Map<String, String> left = new LinkedHashMap<>(errors);
    left.remove(block);
    return copy(newNumber, hash, externalId, view, all, left);
  }

  Modal withErrors(long newNumber, Map<String, String> newErrors) {
    return copy(newNumber, hash, externalId, view, inputs, newErrors);
  }

  /** The app gives it another content; inputs with the same ids keep what is in them. */
  Modal shows(long newNumber, String newHash, JsonNode newView) {
    Map<String, ObjectNode> fresh = ModalInputs.initial(newView);
    Map<String, ObjectNode> kept = new LinkedHashMap<>();
    fresh.forEach((block, input) -> {
      ObjectNode before = inputs.get(block);
      boolean isSame = before != null && before.path("action_id").equals(input.path("action_id"));
      kept.put(block, isSame ? before : input);
    });
    return copy(
        newNumber,
        newHash,
        newView.path("external_id").asText(externalId),
        newView,
        kept,
        Map.of());
  }

  private Modal copy(
      long newNumber,
      String newHash,
      String newExternalId,
      JsonNode newView,
      Map<String, ObjectNode> newInputs,
      Map<String, String> newErrors) {
    return new Modal(
        newNumber,
        id,
        rootId,
        previousId,
        newExternalId,
        newHash,
        user,
        channel,
        newView,
        newInputs,
        newErrors);
  }

  /** The view as interactions and answers of the Web API have it. */
  ObjectNode json(SlackApp app) {
    ObjectNode json = view.deepCopy();
    json.put("id", id).put("team_id", app.teamId()).put("app_id", app.appId());
    json.put("hash", hash).put("root_view_id", rootId).put("external_id", externalId);
    previousId.ifPresentOrElse(
        previous -> json.put("previous_view_id", previous), () -> json.putNull("previous_view_id"));
    json.set("state", ModalInputs.state(inputs));
    return json;
  }
}
