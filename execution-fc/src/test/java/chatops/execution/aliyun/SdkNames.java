package chatops.execution.aliyun;

import com.aliyuncs.RpcAcsRequest;
import com.aliyuncs.ecs.model.v20140526.RebootInstanceRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;

/**
 * The official ECS SDK as a source of facts: which name each setter of each typed request class puts on the wire, found by
 * setting a probe value and looking at the request.
 */
final class SdkNames {
  private static final String PACKAGE = "com/aliyuncs/ecs/model/v20140526/";

  private SdkNames() {}

  /** API name to its wire patterns, blank separated, as {@link WireName} reads them. */
  static Map<String, String> ecs() {
    Map<String, String> apis = new TreeMap<>();
    String jar = RebootInstanceRequest.class
        .getProtectionDomain()
        .getCodeSource()
        .getLocation()
        .getPath();
    try (JarFile file = new JarFile(jar)) {
      file.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(PACKAGE) && name.endsWith("Request.class"))
          .map(name -> name.substring(PACKAGE.length(), name.length() - "Request.class".length()))
          .forEach(api -> apis.put(api, String.join(" ", patterns(type(api)))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return apis;
  }

  static Class<?> type(String api) {
    try {
      return Class.forName(PACKAGE.replace('/', '.') + api + "Request");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  static RpcAcsRequest<?> request(Class<?> type) {
    return (RpcAcsRequest<?>) make(type);
  }

  private static Set<String> patterns(Class<?> type) {
    Set<String> patterns = new TreeSet<>();
    Set<String> standing = wire(request(type)).keySet();
    for (Method setter : setters(type)) {
      RpcAcsRequest<?> request = request(type);
      invoke(setter, request, probe(setter.getGenericParameterTypes()[0]));
      for (String name : wire(request).keySet()) {
        if (!standing.contains(name)) {
          patterns.add(pattern(name, setter.getGenericParameterTypes()[0]));
        }
      }
    }
    return patterns;
  }

  /** Numbers that came from a list become N; numbers that are part of a setter's own name stay. */
  private static String pattern(String name, Type type) {
    return type instanceof ParameterizedType || type instanceof Class<?> c && isStruct(c)
        ? name.replaceAll("\\.1(?=\\.|$)", ".N")
        : name;
  }

  static Map<String, String> wire(RpcAcsRequest<?> request) {
    Map<String, String> wire = new TreeMap<>(request.getSysQueryParameters());
    wire.putAll(request.getSysBodyParameters());
    wire.keySet().removeAll(Set.of("Action", "Version", "Format", "ServiceCode"));
    return wire;
  }

  static Object probe(Type type) {
    if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
      return Map.of("x", "x");
    }
    if (type instanceof ParameterizedType list) {
      return List.of(probe(list.getActualTypeArguments()[0]));
    }
    Class<?> raw = (Class<?>) type;
    if (raw == String.class) {
      return "x";
    }
    if (raw == Boolean.class) {
      return true;
    }
    if (raw == Integer.class) {
      return 1;
    }
    if (raw == Long.class) {
      return 1L;
    }
    if (raw == Float.class) {
      return 1f;
    }
    if (raw == Double.class) {
      return 1d;
    }
    Object struct = make(raw);
    for (Method setter : raw.getMethods()) {
      if (setter.getName().startsWith("set") && setter.getParameterCount() == 1) {
        invoke(setter, struct, probe(setter.getGenericParameterTypes()[0]));
      }
    }
    return struct;
  }

  static List<Method> setters(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getName().startsWith("set"))
        .filter(method -> method.getParameterCount() == 1 && method.getDeclaringClass() == type)
        .toList();
  }

  /** {@link #probe} as a template would write it. */
  static JsonNode probeJson(Type type) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
      return json.objectNode().put("x", "x");
    }
    if (type instanceof ParameterizedType list) {
      return json.arrayNode().add(probeJson(list.getActualTypeArguments()[0]));
    }
    Class<?> raw = (Class<?>) type;
    if (isStruct(raw)) {
      ObjectNode object = json.objectNode();
      for (Method setter : setters(raw)) {
        object.set(setter.getName().substring(3), probeJson(setter.getGenericParameterTypes()[0]));
      }
      return object;
    }
    Object value = probe(raw);
    return value instanceof String text
        ? json.textNode(text)
        : value instanceof Boolean truth
            ? json.booleanNode(truth)
            : json.textNode(value.toString());
  }

  private static boolean isStruct(Class<?> type) {
    return type.getName().startsWith("com.aliyuncs.");
  }

  private static Object make(Class<?> type) {
    try {
      return type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName(), e);
    }
  }

  static void invoke(Method method, Object target, Object value) {
    try {
      method.invoke(target, value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(method.toString(), e);
    }
  }
}
