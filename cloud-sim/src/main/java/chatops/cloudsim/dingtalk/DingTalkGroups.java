package chatops.cloudsim.dingtalk;

import chatops.cloudsim.journal.Journal;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The groups and what stands in them. Thread-safe. */
public final class DingTalkGroups {
  private final InstantSource clock;
  private final Journal journal;
  private final Map<String, String> titles = new LinkedHashMap<>();
  private final List<DingTalkMessage> messages = new ArrayList<>();

  DingTalkGroups(InstantSource clock, Journal journal) {
    this.clock = clock;
    this.journal = journal;
    journal.earlier().stream()
        .filter(entry -> entry.has("dingTalkMessage"))
        .forEach(entry -> messages.add(DingTalkMessage.from(entry.get("dingTalkMessage"))));
  }

  public synchronized void add(String conversationId, String title) {
    titles.put(conversationId, title);
  }

  public synchronized Map<String, String> titles() {
    return Map.copyOf(titles);
  }

  public synchronized String title(String conversationId) {
    return titles.getOrDefault(conversationId, conversationId);
  }

  public synchronized List<DingTalkMessage> messages(String group) {
    return messages.stream().filter(message -> message.group().equals(group)).toList();
  }

  /** What is newer than {@code afterNumber} in any group. */
  public synchronized List<DingTalkMessage> since(long afterNumber) {
    return messages.stream().filter(message -> message.number() > afterNumber).toList();
  }

  synchronized DingTalkMessage post(String group, String author, JsonNode payload) {
    DingTalkMessage message =
        new DingTalkMessage(messages.size() + 1L, clock.instant(), group, author, payload);
    messages.add(message);
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.set("dingTalkMessage", message.json());
    journal.add(entry);
    return message;
  }
}
