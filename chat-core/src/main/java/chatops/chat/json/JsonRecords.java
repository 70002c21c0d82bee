package chatops.chat.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON objects, member by component. A component is a text, a whole number, a flag, a record, a list of texts or
 * records, or a map of texts. What a text lacks is empty, zero, false; what it has too much is ignored: so both ends may be of
 * different versions. Uses reflection: for pages, not for the way of a command.
 */
public final class JsonRecords {
  private JsonRecords() {}

  /** @throws IllegalArgumentException for a component of another kind */
  public static Map<String, @Nullable Object> toMap(Record view) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    for (RecordComponent component : view.getClass().getRecordComponents()) {
      try {
        json.put(component.getName(), value(component.getAccessor().invoke(view)));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalArgumentException("record " + view.getClass().getName(), e);
      }
    }
    return json;
  }

  private static @Nullable Object value(@Nullable Object value) {
    if (value instanceof Record) {
      return toMap((Record) value);
    }
    if (value instanceof List) {
      List<@Nullable Object> list = new ArrayList<>();
      for (Object each : (List<?>) value) {
        list.add(value(each));
      }
      return list;
    }
    return value;
  }

  /** @throws JsonException when a member is of another kind; names it */
  public static <T extends Record> T read(JsonObject json, Class<T> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = member(json, components[i]);
    }
    try {
      Constructor<T> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("record " + type.getName(), e);
    }
  }

  private static Object member(JsonObject json, RecordComponent component) {
    String name = component.getName();
    Class<?> type = component.getType();
    if (type == String.class) {
      return json.text(name, "");
    }
    if (type == int.class) {
      return (int) json.number(name, 0);
    }
    if (type == long.class) {
      return json.number(name, 0);
    }
    if (type == boolean.class) {
      return json.flag(name, false);
    }
    if (type == Map.class) {
      return json.textMap(name);
    }
    if (type == List.class) {
      return list(json, name, component.getGenericType());
    }
    return read(json.objectOrEmpty(name), type.asSubclass(Record.class));
  }

  private static List<?> list(JsonObject json, String name, Type type) {
    Type of = ((ParameterizedType) type).getActualTypeArguments()[0];
    if (of == String.class) {
      return json.texts(name);
    }
    List<Object> list = new ArrayList<>();
    for (JsonObject each : json.objects(name)) {
      list.add(read(each, ((Class<?>) of).asSubclass(Record.class)));
    }
    return list;
  }
}
