package chatops.cloudsim.dingtalk;

import chatops.cloudsim.journal.Journal;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Interactive cards of the card platform (open.dingtalk.com, "Create and deliver cards", "Update cards", "Register a callback"): what
 * the application makes of published templates, what stands in the conversations, and where presses are told. Thread-safe.
 */
public final class Cards {
  private static final int KEY_BYTES = 100;
  private static final int VALUE_BYTES = 1024;
  private static final String GROUP = "dtv1.card//IM_GROUP.";
  private static final String PERSON = "dtv1.card//IM_ROBOT.";

  /** Where presses on cards of a route are told, and what the requests are signed with. */
  public record Route(URI url, String secret) {
    @Override
    public String toString() {
      return "Route[" + url + "]";
    }
  }

  private final DingTalkApp app;
  private final InstantSource clock;
  private final Journal journal;
  private final Set<String> templates = new TreeSet<>();
  private final Map<String, Route> routes = new HashMap<>();
  private final Map<String, DingTalkCard> cards = new LinkedHashMap<>();

  Cards(DingTalkApp app, InstantSource clock, Journal journal) {
    this.app = app;
    this.clock = clock;
    this.journal = journal;
    journal.earlier().stream()
        .filter(entry -> entry.has("dingTalkCard"))
        .map(entry -> DingTalkCard.from(entry.get("dingTalkCard")))
        .forEach(card -> cards.put(card.name(), card));
  }

  /** Publishes a template, as people do on the card platform. */
  public synchronized void publish(String template) {
    templates.add(template);
  }

  /** Registers where presses are told. */
  public synchronized void register(String route, URI url, String secret) {
    routes.put(route, new Route(url, secret));
  }

  synchronized Optional<Route> route(DingTalkCard card) {
    return Optional.ofNullable(routes.get(card.route()));
  }

  public synchronized Optional<DingTalkCard> find(String name) {
    return Optional.ofNullable(cards.get(name));
  }

  /** Those of a conversation, the oldest first. */
  public synchronized List<DingTalkCard> in(String conversation) {
    return cards.values().stream()
        .filter(card -> card.conversation().equals(conversation))
        .toList();
  }

  /** {@code POST /v1.0/card/callbacks/register}. */
  synchronized ApiAnswer register(JsonNode call) {
    String route = call.path("callbackRouteKey").asText();
    String url = call.path("callbackUrl").asText();
    if (route.isEmpty() || url.isEmpty()) {
      return refused("callbackRouteKey and callbackUrl are needed");
    }
    if (!routes.containsKey(route) || call.path("forceUpdate").asBoolean()) {
      routes.put(route, new Route(URI.create(url), call.path("apiSecret").asText()));
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("success", true);
    answer
        .putObject("result")
        .put("callbackUrl", String.valueOf(routes.get(route).url()));
    return ApiAnswer.of(answer);
  }

  /** {@code POST /v1.0/card/instances/createAndDeliver}: a name that is known changes nothing. */
  synchronized ApiAnswer create(JsonNode call) {
    String name = call.path("outTrackId").asText();
    String template = call.path("cardTemplateId").asText();
    String route = call.path("callbackRouteKey").asText();
    if (name.isEmpty() || !templates.contains(template)) {
      return refused("outTrackId is missing, or no template " + template + " is published");
    }
    if (!call.path("callbackType").asText().equals("HTTP") || !routes.containsKey(route)) {
      return refused("callbackType is not HTTP, or no callback is registered for " + route);
    }
    String conversation = conversation(call);
    if (conversation == null) {
      return refused("openSpaceId, with the models of its kind and the robot's code, is wrong");
    }
    String complaint = complaint(call);
    if (!complaint.isEmpty()) {
      return refused(complaint);
    }
    if (!cards.containsKey(name)) {
      keep(new DingTalkCard(
          name,
          clock.instant(),
          conversation,
          template,
          route,
          values(call.path("cardData")),
          own(call.path("privateData")),
          0));
    }
    return ApiAnswer.done();
  }

  private @Nullable String conversation(JsonNode call) {
    String space = call.path("openSpaceId").asText();
    if (space.startsWith(GROUP)) {
      JsonNode delivery = call.path("imGroupOpenDeliverModel");
      boolean isRobot = delivery.path("robotCode").asText().equals(app.appKey());
      return isRobot && call.has("imGroupOpenSpaceModel") ? space.substring(GROUP.length()) : null;
    }
    boolean isPerson = space.startsWith(PERSON)
        && call.has("imRobotOpenSpaceModel")
        && call.has("imRobotOpenDeliverModel");
    return isPerson ? "user:" + space.substring(PERSON.length()) : null;
  }

  /** {@code PUT /v1.0/card/instances}: by key where the options say so, else the whole data. */
  synchronized ApiAnswer update(JsonNode call) {
    DingTalkCard card = cards.get(call.path("outTrackId").asText());
    if (card == null) {
      return ApiAnswer.refused(400, "param.outTrackId", "there is no such card");
    }
    String complaint = complaint(call);
    if (!complaint.isEmpty()) {
      return refused(complaint);
    }
    change(card, call, call.path("privateData"));
    return ApiAnswer.done();
  }

  /** What the answer to a press changes, for everybody and for who pressed. */
  synchronized void answered(String name, String user, JsonNode answer) {
    DingTalkCard card = cards.get(name);
    if (card == null || !complaint(answer).isEmpty()) {
      return;
    }
    ObjectNode own = JsonNodeFactory.instance.objectNode();
    if (answer.has("userPrivateData")) {
      own.set(user, answer.get("userPrivateData"));
    }
    if (answer.has("cardData") || !own.isEmpty()) {
      change(card, answer, own);
    }
  }

  private void change(DingTalkCard card, JsonNode call, JsonNode privateData) {
    JsonNode options = call.path("cardUpdateOptions");
    ObjectNode values = card.values();
    if (call.has("cardData")) {
      values = options.path("updateCardDataByKey").asBoolean()
          ? values.deepCopy()
          : JsonNodeFactory.instance.objectNode();
      values.setAll(values(call.path("cardData")));
    }
    ObjectNode own = card.own().deepCopy();
    boolean isByKey = options.path("updatePrivateDataByKey").asBoolean();
    for (Map.Entry<String, JsonNode> each : own(privateData).properties()) {
      ObjectNode mine =
          isByKey ? own.withObjectProperty(each.getKey()) : JsonNodeFactory.instance.objectNode();
      mine.setAll((ObjectNode) each.getValue());
      own.set(each.getKey(), mine);
    }
    keep(card.changed(values, own));
  }

  private void keep(DingTalkCard card) {
    cards.put(card.name(), card);
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.set("dingTalkCard", card.json());
    journal.add(entry);
  }

  private static ObjectNode values(JsonNode data) {
    JsonNode values = data.path("cardParamMap");
    return values.isObject() ? values.deepCopy() : JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode own(JsonNode data) {
    ObjectNode own = JsonNodeFactory.instance.objectNode();
    data.properties().forEach(each -> own.set(each.getKey(), values(each.getValue())));
    return own;
  }

  /** Values are strings of at most 1 KB. Empty when they are. */
  private static String complaint(JsonNode call) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.set("", values(call.path("cardData")));
    all.setAll(own(call.path("privateData")));
    for (JsonNode values : all) {
      for (Map.Entry<String, JsonNode> value : values.properties()) {
        boolean fits = value.getValue().isTextual()
            && bytes(value.getKey()) <= KEY_BYTES
            && bytes(value.getValue().textValue()) <= VALUE_BYTES;
        if (!fits) {
          return "cardParamMap." + value.getKey() + " is no text of at most " + VALUE_BYTES
              + " bytes";
        }
      }
    }
    return "";
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static ApiAnswer refused(String message) {
    return ApiAnswer.refused(400, "param.error", message);
  }
}
