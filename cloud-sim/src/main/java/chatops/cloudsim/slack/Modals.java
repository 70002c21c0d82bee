package chatops.cloudsim.slack;

import chatops.cloudsim.seed.Names;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The modals on people's screens: a stack of at most three on each, opened and changed by the app, filled by the person (pages
 * "views.open", "views.push", "views.update"). Thread-safe.
 */
public final class Modals {
  private static final int DEEPEST = 3;

  private final InstantSource clock;
  private final Names names;
  private final Map<String, Modal> open = new LinkedHashMap<>();
  private long number;

  Modals(InstantSource clock, Names names) {
    this.clock = clock;
    this.names = names;
  }

  /** Everything that is open, the topmost of each person last. */
  public synchronized List<Modal> all() {
    return List.copyOf(open.values());
  }

  /** What the person sees, if anything. */
  public synchronized Optional<Modal> top(String user) {
    return stack(user).stream().reduce((below, above) -> above);
  }

  public synchronized Optional<Modal> find(String id) {
    return Optional.ofNullable(open.get(id));
  }

  private List<Modal> stack(String user) {
    return open.values().stream().filter(modal -> modal.user().equals(user)).toList();
  }

  synchronized Modal open(Triggers.Trigger trigger, JsonNode view) throws SlackRefusal {
    check(view);
    unused(view);
    // a new modal takes the place of what the person had open
    stack(trigger.user()).forEach(modal -> open.remove(modal.id()));
    return put(trigger, view, Optional.empty());
  }

  synchronized Modal push(Triggers.Trigger trigger, JsonNode view) throws SlackRefusal {
    check(view);
    unused(view);
    List<Modal> stack = stack(trigger.user());
    if (stack.isEmpty()) {
      throw new SlackRefusal(200, "not_found");
    }
    if (stack.size() >= DEEPEST) {
      throw new SlackRefusal(200, "push_limit_reached");
    }
    return put(trigger, view, Optional.of(stack.get(stack.size() - 1)));
  }

  private Modal put(Triggers.Trigger trigger, JsonNode view, Optional<Modal> below) {
    String id = "V" + names.digits(4) + names.word(7).toUpperCase(java.util.Locale.ROOT);
    Modal modal = new Modal(
        ++number,
        id,
        below.map(Modal::rootId).orElse(id),
        below.map(Modal::id),
        view.path("external_id").asText(""),
        hash(),
        trigger.user(),
        trigger.channel(),
        view,
        initial(view, trigger.channel()),
        Map.of());
    open.put(id, modal);
    return modal;
  }

  /** A select that starts with the conversation the person is in has it chosen. */
  private static Map<String, ObjectNode> initial(JsonNode view, String channel) {
    Map<String, ObjectNode> inputs = ModalInputs.initial(view);
    for (JsonNode block : view.path("blocks")) {
      JsonNode element = block.path("element");
      ObjectNode input = inputs.get(block.path("block_id").asText());
      if (input != null
          && !channel.isEmpty()
          && element.path("default_to_current_conversation").asBoolean()) {
        input.put("selected_conversation", channel);
      }
    }
    return inputs;
  }

  /** By its own id or the app's name for it; {@code hash} refuses a change of what was changed meanwhile, when it is given. */
  synchronized Modal update(String id, String externalId, String hash, JsonNode view)
      throws SlackRefusal {
    check(view);
    Modal modal = open.values().stream()
        .filter(each -> id.isEmpty()
            ? !externalId.isEmpty() && each.externalId().equals(externalId)
            : each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new SlackRefusal(200, "not_found"));
    if (!hash.isEmpty() && !hash.equals(modal.hash())) {
      throw new SlackRefusal(200, "hash_conflict");
    }
    String named = view.path("external_id").asText("");
    if (!named.equals(modal.externalId())) {
      unused(view);
    }
    return show(modal, view);
  }

  synchronized Modal show(Modal modal, JsonNode view) {
    Modal fresh = modal.shows(++number, hash(), view);
    open.replace(modal.id(), fresh);
    return fresh;
  }

  synchronized Modal fill(Modal modal, String block, String value) {
    JsonNode input = modal.inputBlocks().stream()
        .filter(each -> each.path("block_id").asText().equals(block))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the modal has no input " + block));
    Modal fresh =
        modal.withInput(++number, block, ModalInputs.filled(input.path("element"), block, value));
    open.replace(modal.id(), fresh);
    return fresh;
  }

  synchronized Modal errors(Modal modal, Map<String, String> errors) {
    Modal fresh = modal.withErrors(++number, errors);
    open.replace(modal.id(), fresh);
    return fresh;
  }

  synchronized void close(Modal modal) {
    open.remove(modal.id());
  }

  synchronized void closeAll(String user) {
    new ArrayList<>(stack(user)).forEach(modal -> open.remove(modal.id()));
  }

  private void unused(JsonNode view) throws SlackRefusal {
    String externalId = view.path("external_id").asText("");
    if (!externalId.isEmpty()
        && open.values().stream().anyMatch(modal -> modal.externalId().equals(externalId))) {
      throw new SlackRefusal(200, "duplicate_external_id");
    }
  }

  static void check(JsonNode view) throws SlackRefusal {
    Optional<String> complaint = ModalKit.complaint(view);
    if (complaint.isPresent()) {
      String error =
          complaint.get().equals("view_too_large") ? complaint.get() : "invalid_arguments";
      throw new SlackRefusal(200, error, complaint.get());
    }
  }

  private String hash() {
    return clock.instant().getEpochSecond() + "." + names.word(8);
  }
}
