package chatops.execution.notify;

import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the messages about one execution: which can be edited, and how often its reply URL was posted to. The execution
 * carries it, so that another process goes on with the same messages.
 *
 * @param messages thread to the id of its message in the channel it was asked in
 * @param uses posts to the reply URL so far
 */
public record Correspondence(Map<String, String> messages, int uses) {
  public static final Correspondence NONE = new Correspondence(Map.of(), 0);

  public Correspondence {
    messages = Map.copyOf(messages);
  }

  @Nullable
  String message(String thread) {
    return thread.isEmpty() ? null : messages.get(thread);
  }

  Correspondence with(String thread, String message) {
    if (thread.isEmpty() || message.isEmpty()) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(messages);
    more.put(thread, message);
    return new Correspondence(more, uses);
  }

  Correspondence without(String thread) {
    Map<String, String> fewer = new LinkedHashMap<>(messages);
    fewer.remove(thread);
    return new Correspondence(fewer, uses);
  }

  Correspondence used() {
    return new Correspondence(messages, uses + 1);
  }

  /** Empty when nothing is known: what is not there costs nothing. */
  @Override
  public String toString() {
    if (equals(NONE)) {
      return "";
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("messages", messages);
    json.put("uses", (long) uses);
    return JsonWriter.write(json);
  }

  /** What {@link #toString} wrote; of anything else nothing is known. */
  public static Correspondence read(String text) {
    if (text.isEmpty()) {
      return NONE;
    }
    try {
      JsonObject json = JsonObject.of(JsonReader.read(text), "");
      return new Correspondence(json.textMap("messages"), (int) json.number("uses", 0));
    } catch (JsonException e) {
      return NONE;
    }
  }
}
