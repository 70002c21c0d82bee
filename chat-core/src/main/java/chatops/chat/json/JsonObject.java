package chatops.chat.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON object whose members are asked for by name and kind; what is missing or of another kind is named with its path. */
public final class JsonObject {
  private final Map<String, @Nullable Object> members;
  private final String path;

  private JsonObject(Map<String, @Nullable Object> members, String path) {
    this.members = members;
    this.path = path;
  }

  /**
   * @param path where the value sits, for messages: empty for the whole text, else like {@code rights[0]}
   * @throws JsonException when {@code value} is not an object
   */
  public static JsonObject of(@Nullable Object value, String path) {
    if (!(value instanceof Map)) {
      throw mistyped(path.isEmpty() ? "the value" : path, value, "an object");
    }
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (Map.Entry<?, ?> member : ((Map<?, ?>) value).entrySet()) {
      members.put(String.valueOf(member.getKey()), member.getValue());
    }
    return new JsonObject(members, path);
  }

  public Set<String> names() {
    return members.keySet();
  }

  /** Whether the member is there and not null. */
  public boolean has(String name) {
    return members.get(name) != null;
  }

  public @Nullable Object value(String name) {
    return members.get(name);
  }

  /** @throws JsonException when missing or no string */
  public String text(String name) {
    Object value = required(name, "a string");
    if (!(value instanceof String)) {
      throw mistyped(at(name), value, "a string");
    }
    return (String) value;
  }

  public String text(String name, String absent) {
    return has(name) ? text(name) : absent;
  }

  /** @throws JsonException when missing or no whole number */
  public long number(String name) {
    Object value = required(name, "a whole number");
    if (!(value instanceof Long) && !(value instanceof Integer)) {
      throw mistyped(at(name), value, "a whole number");
    }
    return ((Number) value).longValue();
  }

  public long number(String name, long absent) {
    return has(name) ? number(name) : absent;
  }

  public boolean flag(String name, boolean absent) {
    Object value = members.get(name);
    if (value == null) {
      return absent;
    }
    if (!(value instanceof Boolean)) {
      throw mistyped(at(name), value, "true or false");
    }
    return (Boolean) value;
  }

  /** @throws JsonException when missing or neither true nor false */
  public boolean flag(String name) {
    required(name, "true or false");
    return flag(name, false);
  }

  /** @throws JsonException when missing or no object */
  public JsonObject object(String name) {
    return of(required(name, "an object"), at(name));
  }

  /** The object, or an empty one when absent. */
  public JsonObject objectOrEmpty(String name) {
    return has(name) ? object(name) : new JsonObject(Map.of(), at(name));
  }

  /** The objects of an array; empty when absent. */
  public List<JsonObject> objects(String name) {
    List<JsonObject> objects = new ArrayList<>();
    List<?> items = items(name);
    for (int i = 0; i < items.size(); i++) {
      objects.add(of(items.get(i), at(name) + "[" + i + "]"));
    }
    return objects;
  }

  /** The strings of an array; empty when absent. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    List<?> items = items(name);
    for (int i = 0; i < items.size(); i++) {
      Object item = items.get(i);
      if (!(item instanceof String)) {
        throw mistyped(at(name) + "[" + i + "]", item, "a string");
      }
      texts.add((String) item);
    }
    return texts;
  }

  /** The members of an object of strings, in order; empty when absent. */
  public Map<String, String> textMap(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    JsonObject object = objectOrEmpty(name);
    for (String key : object.names()) {
      texts.put(key, object.text(key));
    }
    return texts;
  }

  /** The path of a member, as messages name it. */
  public String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private List<?> items(String name) {
    Object value = members.get(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List)) {
      throw mistyped(at(name), value, "a list");
    }
    return (List<?>) value;
  }

  private Object required(String name, String expected) {
    Object value = members.get(name);
    if (value == null) {
      throw new JsonException(at(name) + " is missing; expected " + expected);
    }
    return value;
  }

  private static JsonException mistyped(String path, @Nullable Object value, String expected) {
    return new JsonException(path + " is " + kind(value) + "; expected " + expected);
  }

  private static String kind(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Map) {
      return "an object";
    }
    if (value instanceof List) {
      return "a list";
    }
    if (value instanceof String) {
      return "a string";
    }
    return value instanceof Boolean ? "true or false" : "a number";
  }
}
