package chatops.local.pack;

import chatops.chat.rights.RightsSource;
import chatops.local.host.Hosting;
import chatops.local.host.ProductFunction;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Functions that can be killed and come back at the address they had, as a platform sees to it. */
final class RestartedFunctions implements Hosting {
  private final UnpackedFunctions functions;
  private final Map<ProductFunction, Map<String, String>> environments =
      new EnumMap<>(ProductFunction.class);
  private final Map<ProductFunction, FunctionProcess> running =
      new EnumMap<>(ProductFunction.class);

  RestartedFunctions(UnpackedFunctions functions) {
    this.functions = functions;
  }

  @Override
  public Instance start(
      ProductFunction function, Map<String, String> environment, RightsSource rights)
      throws IOException {
    Map<String, String> given = new TreeMap<>(environment);
    try (ServerSocket free = new ServerSocket(0)) {
      given.put("CHATOPS_LISTEN", "127.0.0.1:" + free.getLocalPort());
    }
    environments.put(function, given);
    FunctionProcess first = functions.start(function, given);
    running.put(function, first);
    return new Instance() {
      @Override
      public URI url() {
        return first.url();
      }

      @Override
      public Map<String, String> platformHeaders() {
        return Map.of();
      }

      @Override
      public void close() {
        of(function).close();
      }
    };
  }

  Map<String, String> environment(ProductFunction function) {
    return Objects.requireNonNull(environments.get(function));
  }

  private FunctionProcess of(ProductFunction function) {
    return Objects.requireNonNull(running.get(function));
  }

  /** Kills both at once, then starts them again. */
  void killAndRestart() throws IOException {
    running.values().forEach(FunctionProcess::kill);
    for (ProductFunction function : ProductFunction.values()) {
      running.put(function, functions.start(function, environment(function)));
    }
  }
}
