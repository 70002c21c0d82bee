package chatops.chat.view;

import chatops.chat.handover.HandOverException;
import chatops.chat.handover.HandOverJson;
import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonRecords;
import chatops.chat.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Views as the bytes of an answer: {@code {"kind":"chatops/v1","type":"timeline",…}}. */
public final class ViewJson {
  private ViewJson() {}

  public static byte[] write(Record view) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", HandOverJson.KIND);
    json.put("type", type(view.getClass()));
    json.putAll(JsonRecords.toMap(view));
    return JsonWriter.bytes(json);
  }

  /** @throws HandOverException when the bytes are no such view; names the member */
  public static <T extends Record> T read(byte[] bytes, Class<T> view) {
    try {
      JsonObject json = JsonReader.object(bytes);
      if (!type(view).equals(json.text("type"))) {
        throw new HandOverException(type(view) + " view: type is not " + type(view));
      }
      return JsonRecords.read(json, view);
    } catch (JsonException e) {
      throw new HandOverException(type(view) + " view: " + e.getMessage());
    }
  }

  /** {@code timeline} for {@code TimelineView}. */
  private static String type(Class<?> view) {
    String name = view.getSimpleName();
    String word = name.endsWith("View") ? name.substring(0, name.length() - 4) : name;
    return word.toLowerCase(java.util.Locale.ROOT);
  }
}
