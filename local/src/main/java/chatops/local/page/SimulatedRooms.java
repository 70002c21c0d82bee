package chatops.local.page;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.dingtalk.DingTalkCard;
import chatops.cloudsim.dingtalk.DingTalkMessage;
import chatops.cloudsim.slack.Modal;
import chatops.cloudsim.slack.Shortcut;
import chatops.cloudsim.slack.SlackChannels;
import chatops.cloudsim.slack.SlackMessage;
import chatops.local.host.Cast;
import chatops.local.host.Machine;
import chatops.local.text.Texts;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The rooms of the one-machine host: what is typed and pressed here goes out of the simulated platforms as signed requests. */
public final class SimulatedRooms implements ChatRooms {
  private static final String PRODUCT = "fc-chatops";
  private static final int LATEST = 200;

  /** How the entry of a card is called, before the card's own name. */
  private static final String CARD = "card-";

  /** What the card's template shows of it; its token is for the buttons only. */
  private static final List<String> CARD_VARIABLES = List.of("title", "text", "status", "link");

  private record Entry(Instant at, ObjectNode json) {}

  private final DateTimeFormatter time =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
  private final JsonNodeFactory json = JsonNodeFactory.instance;
  private final CloudSim cloud;
  private final Suggestions suggestions;
  private final Texts texts;
  private final SlackLines lines;

  public SimulatedRooms(Machine machine, SlackLines lines, Texts texts) {
    this.cloud = machine.cloud();
    this.suggestions = new Suggestions(machine);
    this.lines = lines;
    this.texts = texts;
  }

  @Override
  public ObjectNode state() {
    ObjectNode state = json.objectNode();
    ObjectNode slack = state.putObject("slack").put("name", "#operations");
    slack.set("suggestions", suggestions.slack());
    slack.set("entries", latest(slackEntries()));
    ArrayNode shortcuts = slack.putArray("shortcuts");
    for (Shortcut each : cloud.slack().shortcuts()) {
      shortcuts
          .addObject()
          .put("id", each.callbackId())
          .put("name", each.name())
          .put("everywhere", each.isGlobal());
    }
    ObjectNode dingtalk =
        state.putObject("dingtalk").put("name", cloud.dingTalk().groups().title(Cast.GROUP));
    dingtalk.set("suggestions", suggestions.dingtalk());
    dingtalk.set("entries", latest(dingtalkEntries()));
    ArrayNode modals = state.putArray("modals");
    cloud.slack().modals().all().forEach(modal -> modals.add(modal(modal)));
    ArrayNode conversations = state.putArray("conversations");
    for (SlackChannels.Channel channel : cloud.slack().channels().all()) {
      conversations.addObject().put("id", channel.id()).put("name", channel.name());
    }
    ArrayNode slackPeople = state.putArray("slackPeople");
    ArrayNode dingtalkPeople = state.putArray("dingtalkPeople");
    for (Cast.Member member : Cast.ALL) {
      slackPeople
          .addObject()
          .put("id", member.slack())
          .put("name", member.name())
          .put("role", member.role());
      dingtalkPeople
          .addObject()
          .put("id", member.dingtalk())
          .put("name", member.name())
          .put("role", member.role());
    }
    CloudView.fill(state, cloud, time);
    // what changed is seen by comparing, so nothing has to tell the page
    return state.put("version", state.toString().hashCode());
  }

  @Override
  public void say(String room, String person, String text) {
    switch (room) {
      case "slack" -> {
        if (Cast.bySlack(person).isEmpty()) throw unknown("person", person);
        lines.say(person, Cast.OPERATIONS, text);
      }
      case "dingtalk" -> {
        if (Cast.byDingTalk(person).isEmpty()) throw unknown("person", person);
        cloud.dingTalk().say(Cast.GROUP, person, text);
      }
      default -> throw unknown("room", room);
    }
  }

  @Override
  public void press(String entry, String person, String action, String value) {
    if (entry.startsWith(CARD)) {
      if (Cast.byDingTalk(person).isEmpty()) throw unknown("person", person);
      String card = entry.substring(CARD.length());
      if (cloud.dingTalk().cards().find(card).isEmpty()) {
        throw new IllegalArgumentException(texts.get("page.error.entry"));
      }
      cloud.dingTalk().press(person, card, Map.of("action", action, "reason", value));
      return;
    }
    if (Cast.bySlack(person).isEmpty()) throw unknown("person", person);
    cloud.slack().click(person, message(entry), action);
  }

  @Override
  public void shortcut(String person, String shortcut, String entry) {
    if (Cast.bySlack(person).isEmpty()) throw unknown("person", person);
    if (entry.isEmpty()) {
      cloud.slack().shortcut(person, Cast.OPERATIONS, shortcut);
    } else {
      cloud.slack().shortcut(person, message(entry), shortcut);
    }
  }

  @Override
  public void submit(String person, String modal, Map<String, String> values) {
    require(person, modal);
    values.forEach((block, value) -> cloud.slack().screen().fill(person, block, value));
    cloud.slack().screen().submit(person);
  }

  @Override
  public void close(String person, String modal) {
    require(person, modal);
    cloud.slack().screen().close(person);
  }

  private void require(String person, String modal) {
    boolean isShown =
        cloud.slack().modals().top(person).map(Modal::id).filter(modal::equals).isPresent();
    if (!isShown) throw new IllegalArgumentException(texts.get("page.error.modal"));
  }

  private ObjectNode modal(Modal modal) {
    ObjectNode node = json.objectNode()
        .put("id", modal.id())
        .put("number", modal.number())
        .put("person", modal.user())
        .put("name", Cast.bySlack(modal.user()).map(Cast.Member::name).orElse(modal.user()))
        .put("title", modal.view().at("/title/text").asText())
        .put("submit", modal.view().at("/submit/text").asText(""))
        .put("close", modal.view().at("/close/text").asText("✕"));
    node.set("blocks", modal.view().path("blocks"));
    ObjectNode inputs = node.putObject("inputs");
    modal.inputs().forEach(inputs::set);
    ObjectNode errors = node.putObject("errors");
    modal.errors().forEach(errors::put);
    return node;
  }

  private SlackMessage message(String entry) {
    return cloud
        .slack()
        .channels()
        .find(Cast.OPERATIONS, entry)
        .orElseThrow(() -> new IllegalArgumentException(texts.get("page.error.entry")));
  }

  private IllegalArgumentException unknown(String what, String given) {
    return new IllegalArgumentException(texts.get("page.error." + what, given));
  }

  private List<Entry> slackEntries() {
    List<Entry> entries = new ArrayList<>();
    for (SlackLines.Line line : lines.in(Cast.OPERATIONS)) {
      String name = Cast.bySlack(line.user()).map(Cast.Member::name).orElse(line.user());
      ObjectNode entry = entry("line-" + line.number(), 0, line.at(), name);
      entries.add(new Entry(
          line.at(), entry.put("onlyFor", name).put("typed", Secrets.masked(line.text()))));
    }
    for (SlackMessage message : cloud.slack().channels().messages(Cast.OPERATIONS)) {
      Instant at = at(message);
      String author = Cast.bySlack(message.author())
          .map(Cast.Member::name)
          .orElse(message.author().equals(Cast.APP) ? PRODUCT : "Slack");
      ObjectNode entry = entry(message.ts(), message.number(), at, author).put("app", true);
      message
          .onlyFor()
          .ifPresent(user ->
              entry.put("onlyFor", Cast.bySlack(user).map(Cast.Member::name).orElse(user)));
      message.threadTs().ifPresent(thread -> entry.put("thread", thread));
      entry.putObject("message").put("text", message.text()).set("blocks", message.blocks());
      entries.add(new Entry(at, entry));
    }
    return entries;
  }

  private List<Entry> dingtalkEntries() {
    List<Entry> entries = new ArrayList<>();
    for (DingTalkMessage message : cloud.dingTalk().groups().messages(Cast.GROUP)) {
      boolean person = Cast.byDingTalk(message.author()).isPresent();
      String author = Cast.byDingTalk(message.author())
          .map(Cast.Member::name)
          .orElse(message.author().equals("robot") ? PRODUCT : message.author());
      ObjectNode entry =
          entry("d" + message.number(), 0, message.time(), author).put("app", !person);
      entry.set("message", message.payload());
      entries.add(new Entry(message.time(), entry));
    }
    for (DingTalkCard card : cloud.dingTalk().cards().in(Cast.GROUP)) {
      ObjectNode entry =
          entry(CARD + card.name(), card.edits(), card.time(), PRODUCT).put("app", true);
      ObjectNode message = entry.putObject("message").put("msgtype", "interactiveCard");
      for (String variable : CARD_VARIABLES) {
        message.put(variable, card.values().path(variable).asText());
      }
      ObjectNode notes = message.putObject("notes");
      for (Cast.Member member : Cast.ALL) {
        String note = card.value(member.dingtalk(), "note");
        if (!note.isEmpty()) notes.put(member.name(), note);
      }
      entries.add(new Entry(card.time(), entry));
    }
    return entries;
  }

  private ObjectNode entry(String id, long edition, Instant at, String author) {
    return json.objectNode()
        .put("id", id)
        .put("edition", edition)
        .put("at", time.format(at))
        .put("author", author);
  }

  private ArrayNode latest(List<Entry> entries) {
    entries.sort(Comparator.comparing(Entry::at));
    ArrayNode shown = json.arrayNode();
    entries.stream()
        .skip(Math.max(0, entries.size() - LATEST))
        .forEach(entry -> shown.add(entry.json()));
    return shown;
  }

  /** A message's id is its time in seconds and microseconds. */
  private static Instant at(SlackMessage message) {
    String[] parts = message.ts().split("\\.", 2);
    return Instant.ofEpochSecond(Long.parseLong(parts[0]), Long.parseLong(parts[1]) * 1000);
  }
}
