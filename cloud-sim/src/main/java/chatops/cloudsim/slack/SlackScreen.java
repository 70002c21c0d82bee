package chatops.cloudsim.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * What a person does in a modal, and what Slack's client makes of the app's answer: errors below inputs, another content, one
 * more view, or the end (page "Modals: handling and responding to interactions"). Thread-safe.
 */
public final class SlackScreen {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Modals modals;
  private final SlackPayloads payloads;
  private final Sender sender;
  private final UnaryOperator<String> triggers;
  private final BinaryOperator<String> responseUrls;

  /** Posts an interaction of a person to the app. */
  interface Sender {
    Interaction send(String user, String payload);
  }

  SlackScreen(
      Modals modals,
      SlackPayloads payloads,
      Sender sender,
      UnaryOperator<String> triggers,
      BinaryOperator<String> responseUrls) {
    this.modals = modals;
    this.payloads = payloads;
    this.sender = sender;
    this.triggers = triggers;
    this.responseUrls = responseUrls;
  }

  /**
   * Puts something into an input of what the person sees.
   *
   * @param value a text, an option's value (several with line ends between them), a channel's id; empty clears the input
   * @throws IllegalArgumentException when there is no such input or option
   */
  public Modal fill(String user, String block, String value) {
    return modals.fill(shown(user), block, value);
  }

  /** What the app offers in a select that asks it while the person types. */
  public List<String> suggestions(String user, String block, String typed) {
    Modal modal = shown(user);
    JsonNode input = modal.inputBlocks().stream()
        .filter(each -> each.path("block_id").asText().equals(block))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the modal has no input " + block));
    Interaction done = sender.send(user, payloads.suggestion(modal, input, typed));
    List<String> values = new ArrayList<>();
    for (JsonNode option : read(done.answer()).path("options")) {
      values.add(option.path("value").asText());
    }
    return values;
  }

  /**
   * Sends what the person sees. Slack's client sends nothing while an input that is not optional is empty.
   *
   * @return empty when it was not sent
   */
  public Optional<Interaction> submit(String user) {
    Modal modal = shown(user);
    Map<String, String> missing = new LinkedHashMap<>();
    for (JsonNode block : modal.inputBlocks()) {
      String id = block.path("block_id").asText();
      var input = modal.inputs().get(id);
      if (!block.path("optional").asBoolean() && (input == null || ModalInputs.isEmpty(input))) {
        missing.put(id, "Please complete this required field.");
      }
    }
    if (!missing.isEmpty()) {
      modals.errors(modal, missing);
      return Optional.empty();
    }
    Interaction done =
        sender.send(user, payloads.submission(modal, triggers.apply(user), responseUrls(modal)));
    answered(modal, done);
    return Optional.of(done);
  }

  private Map<String, String> responseUrls(Modal modal) {
    Map<String, String> urls = new LinkedHashMap<>();
    for (JsonNode block : modal.inputBlocks()) {
      var input = modal.inputs().get(block.path("block_id").asText());
      String channel = input == null ? "" : input.path("selected_conversation").asText("");
      if (block.path("element").path("response_url_enabled").asBoolean() && !channel.isEmpty()) {
        urls.put(channel, responseUrls.apply(modal.user(), channel));
      }
    }
    return urls;
  }

  private void answered(Modal modal, Interaction done) {
    JsonNode answer = read(done.answer());
    Optional<Modal> now = modals.find(modal.id());
    if (done.status() != 200) {
      now.ifPresent(
          each -> modals.errors(each, Map.of("", "We had some trouble connecting. Try again?")));
      return;
    }
    switch (answer.path("response_action").asText("")) {
      case "errors" -> {
        Map<String, String> errors = new LinkedHashMap<>();
        answer
            .path("errors")
            .properties()
            .forEach(error -> errors.put(error.getKey(), error.getValue().asText()));
        now.ifPresent(each -> modals.errors(each, errors));
      }
      case "update" ->
        now.ifPresent(
            each -> shows(each, answer.path("view"), () -> modals.show(each, answer.path("view"))));
      case "push" ->
        now.ifPresent(
            each -> shows(each, answer.path("view"), () -> push(each, answer.path("view"))));
      case "clear" -> modals.closeAll(modal.user());
      default -> now.ifPresent(modals::close);
    }
  }

  private void push(Modal below, JsonNode view) {
    try {
      modals.push(new Triggers.Trigger(below.user(), below.channel()), view);
    } catch (SlackRefusal refusal) {
      modals.errors(below, Map.of("", refusal.error()));
    }
  }

  /** A view that breaks the rules leaves the modal with Slack's own error, as the real client does. */
  private void shows(Modal modal, JsonNode view, Runnable change) {
    Optional<String> complaint = ModalKit.complaint(view);
    if (complaint.isPresent()) {
      modals.errors(
          modal, Map.of("", "We had some trouble connecting. Try again? " + complaint.get()));
    } else {
      change.run();
    }
  }

  /** Closes what the person sees; the app hears of it where it asked to. */
  public void close(String user) {
    Modal modal = shown(user);
    modals.close(modal);
    if (modal.view().path("notify_on_close").asBoolean()) {
      sender.send(user, payloads.closed(modal, false));
    }
  }

  private Modal shown(String user) {
    return modals
        .top(user)
        .orElseThrow(() -> new IllegalArgumentException(user + " has no modal open"));
  }

  private static JsonNode read(String answer) {
    try {
      return JSON.readTree(answer);
    } catch (JsonProcessingException notJson) {
      return JSON.createObjectNode();
    }
  }
}
