package chatops.cloudsim.slack;

import chatops.cloudsim.journal.Journal;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The channels and what stands in them. Thread-safe. */
public final class SlackChannels {
  /** A channel; the bot may be a member or not, and an archived one takes no messages. */
  public record Channel(String id, String name, boolean botIsMember, boolean archived) {}

  private final InstantSource clock;
  private final Journal journal;
  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private final List<SlackMessage> messages = new ArrayList<>();
  private long number;
  private String lastTs = "";

  SlackChannels(InstantSource clock, Journal journal) {
    this.clock = clock;
    this.journal = journal;
    journal.earlier().stream()
        .filter(entry -> entry.has("slackMessage"))
        .forEach(entry -> remembered(SlackMessage.from(entry.get("slackMessage"))));
  }

  private void remembered(SlackMessage message) {
    messages.removeIf(
        old -> old.ts().equals(message.ts()) && old.channel().equals(message.channel()));
    messages.add(message);
    number = Math.max(number, message.number());
    lastTs = message.ts().compareTo(lastTs) > 0 ? message.ts() : lastTs;
  }

  public synchronized void add(Channel channel) {
    channels.put(channel.id(), channel);
  }

  public synchronized Optional<Channel> find(String id) {
    return Optional.ofNullable(channels.get(id));
  }

  public synchronized List<Channel> all() {
    return List.copyOf(channels.values());
  }

  /** What stands in the channel now, ephemeral messages included, oldest first. */
  public synchronized List<SlackMessage> messages(String channel) {
    return messages.stream()
        .filter(message -> message.channel().equals(channel) && !message.deleted())
        .toList();
  }

  /** What is new or changed since {@code afterNumber} in any channel, deletions included, in that order. */
  public synchronized List<SlackMessage> since(long afterNumber) {
    return messages.stream()
        .filter(message -> message.number() > afterNumber)
        .sorted(Comparator.comparingLong(SlackMessage::number))
        .toList();
  }

  public synchronized Optional<SlackMessage> find(String channel, String ts) {
    return messages.stream()
        .filter(message ->
            message.channel().equals(channel) && message.ts().equals(ts) && !message.deleted())
        .findFirst();
  }

  synchronized SlackMessage post(
      String channel,
      String author,
      String text,
      JsonNode blocks,
      Optional<String> onlyFor,
      Optional<String> threadTs) {
    SlackMessage message = new SlackMessage(
        ++number, nextTs(), channel, author, cut(text), array(blocks), onlyFor, threadTs, 0, false);
    messages.add(message);
    keep(message);
    return message;
  }

  synchronized Optional<SlackMessage> edit(
      String channel, String ts, String text, JsonNode blocks) {
    Optional<SlackMessage> found = find(channel, ts);
    found.ifPresent(old -> replace(old, old.edited(++number, cut(text), array(blocks))));
    return find(channel, ts);
  }

  synchronized boolean delete(String channel, String ts) {
    Optional<SlackMessage> found = find(channel, ts);
    found.ifPresent(old -> replace(old, old.removed(++number)));
    return found.isPresent();
  }

  private void replace(SlackMessage old, SlackMessage fresh) {
    messages.set(messages.indexOf(old), fresh);
    keep(fresh);
  }

  private void keep(SlackMessage message) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.set("slackMessage", message.json());
    journal.add(entry);
  }

  /** Seconds and a running fraction; never the same twice. */
  private String nextTs() {
    Instant now = clock.instant();
    long micros = now.getNano() / 1000;
    String ts = "%d.%06d".formatted(now.getEpochSecond(), micros);
    while (ts.compareTo(lastTs) <= 0) {
      micros++;
      ts = "%d.%06d".formatted(now.getEpochSecond() + micros / 1_000_000, micros % 1_000_000);
    }
    lastTs = ts;
    return ts;
  }

  private static JsonNode array(JsonNode blocks) {
    return blocks.isArray() ? blocks : JsonNodeFactory.instance.arrayNode();
  }

  private static String cut(String text) {
    return text.length() > 40_000 ? text.substring(0, 40_000) : text;
  }
}
