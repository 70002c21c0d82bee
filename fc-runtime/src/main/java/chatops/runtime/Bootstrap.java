package chatops.runtime;

import com.aliyun.fc.runtime.StreamRequestHandler;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The program a custom runtime starts: {@code java … chatops.runtime.Bootstrap [handler]}. The handler is the argument,
 * else {@code FC_HANDLER}, else {@code FC_FUNCTION_HANDLER}, written {@code package.Class} or
 * {@code package.Class::method}; the class has a public constructor without arguments. Ends with status 2 and one line
 * when it cannot start; SIGTERM lets the invocations under way finish.
 */
public final class Bootstrap {
  private Bootstrap() {}

  public static void main(String[] arguments) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    Map<String, String> environment = System.getenv();
    try {
      StreamRequestHandler handler = handler(handlerName(arguments, environment));
      FunctionServer server = FunctionServer.start(
          handler, ServerOptions.fromEnvironment(environment).withLog(out));
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "fc-runtime-stop"));
      out.println("FC runtime serves " + handler.getClass().getName() + " on " + server.address());
    } catch (IOException | IllegalArgumentException unusable) {
      out.println("FC runtime cannot start: " + unusable.getMessage());
      System.exit(2);
    }
  }

  static String handlerName(String[] arguments, Map<String, String> environment) {
    String name = arguments.length > 0
        ? arguments[0]
        : environment.getOrDefault(
            "FC_HANDLER", environment.getOrDefault("FC_FUNCTION_HANDLER", ""));
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "no handler: give its class as the argument or in FC_HANDLER");
    }
    return name;
  }

  static StreamRequestHandler handler(String name) {
    String className = name.contains("::") ? name.substring(0, name.indexOf("::")) : name;
    try {
      Object handler = Class.forName(className).getConstructor().newInstance();
      if (handler instanceof StreamRequestHandler stream) {
        return stream;
      }
      throw new IllegalArgumentException(className + " is not a StreamRequestHandler");
    } catch (java.lang.reflect.InvocationTargetException refused) {
      throw new IllegalArgumentException(className + ": " + refused.getCause(), refused);
    } catch (ReflectiveOperationException unusable) {
      throw new IllegalArgumentException(
          className
              + ": a public class with a public constructor without arguments expected on the class path, found "
              + unusable,
          unusable);
    }
  }
}
