package chatops.local.deploy;

import com.aliyun.fc.runtime.FunctionInitializer;
import com.aliyun.fc.runtime.PreStopHandler;
import com.aliyun.fc.runtime.StreamRequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** Every handler named is a class of ours that can do what it is named for. */
final class Handlers {
  private Handlers() {}

  static List<String> violations(Deployment deployment) {
    List<String> found = new ArrayList<>();
    for (String function : DeploymentRules.functions()) {
      JsonNode props = deployment.props(function);
      String handler = props.path("handler").asText();
      check(found, function, handler, StreamRequestHandler.class, "handleRequest");
      JsonNode hooks = props.path("instanceLifecycleConfig");
      hook(
          found,
          function,
          handler,
          hooks,
          "initializer",
          FunctionInitializer.class,
          "initialize",
          300);
      hook(found, function, handler, hooks, "preStop", PreStopHandler.class, "preStop", 90);
    }
    return found;
  }

  private static void hook(
      List<String> found,
      String function,
      String handler,
      JsonNode hooks,
      String name,
      Class<?> type,
      String method,
      int longest) {
    JsonNode hook = hooks.path(name);
    if (!hook.isMissingNode()) {
      check(found, function, hook.path("handler").asText(), type, method);
      int timeout = hook.path("timeout").asInt();
      if (timeout < 1 || timeout > longest) {
        found.add(function + ": " + name + ": a timeout from 1 to " + longest + " s expected");
      }
      return;
    }
    String className = handler.replaceFirst("::.*", "");
    try {
      if (type.isAssignableFrom(named(className))) {
        found.add(function + ": " + className + " is a " + type.getSimpleName() + ", and no " + name
            + " is set");
      }
    } catch (ClassNotFoundException absent) {
      // told by the check of the handler itself
    }
  }

  private static void check(
      List<String> found, String function, String handler, Class<?> type, String method) {
    String[] parts = handler.split("::", -1);
    if (parts.length != 2 || !parts[1].equals(method)) {
      found.add(function + ": " + handler + ": Class::" + method + " expected");
      return;
    }
    try {
      Class<?> named = named(parts[0]);
      if (!type.isAssignableFrom(named)) {
        found.add(function + ": " + parts[0] + " is no " + type.getSimpleName());
      } else if (!Modifier.isPublic(named.getConstructor().getModifiers())) {
        found.add(function + ": " + parts[0] + " is not public");
      }
    } catch (ReflectiveOperationException absent) {
      found.add(
          function + ": " + parts[0] + " with a public constructor without arguments expected");
    }
  }

  private static Class<?> named(String className) throws ClassNotFoundException {
    return Class.forName(className, false, Handlers.class.getClassLoader());
  }
}
