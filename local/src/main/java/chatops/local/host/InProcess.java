package chatops.local.host;

import chatops.chat.rights.RightsSource;
import chatops.execution.ExecutionHandler;
import chatops.fc2.FunctionClients;
import chatops.front.FrontHandler;
import chatops.runtime.FunctionServer;
import chatops.runtime.ServerOptions;
import com.aliyun.fc.runtime.StreamRequestHandler;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;

/**
 * Both functions in the machine's own process, on loopback ports.
 *
 * @param log where they log
 * @param caller what only the simulated platform and its functions know, so that no other user of the machine can invoke them
 */
record InProcess(PrintStream log, String caller) implements Hosting {
  static InProcess logging(PrintStream log) {
    SecureRandom random = new SecureRandom();
    return new InProcess(
        log, Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()));
  }

  @Override
  public Instance start(
      ProductFunction function, Map<String, String> environment, RightsSource rights)
      throws IOException {
    FunctionServer server = FunctionServer.start(
        handler(function, environment, rights),
        ServerOptions.loopback(0)
            .withEnvironment(environment)
            .withLog(log)
            .withCallerToken(caller));
    return new Instance() {
      @Override
      public URI url() {
        return URI.create("http://127.0.0.1:" + server.address().getPort());
      }

      @Override
      public Map<String, String> platformHeaders() {
        return Map.of(FunctionServer.CALLER, caller);
      }

      @Override
      public void close() {
        server.close();
      }
    };
  }

  private StreamRequestHandler handler(
      ProductFunction function, Map<String, String> environment, RightsSource rights) {
    return switch (function) {
      case FRONT ->
        new FrontHandler(
            environment,
            FunctionClients::fromEnvironment,
            InstantSource.system(),
            log::println,
            rights);
      case EXECUTION -> new ExecutionHandler(environment);
    };
  }

  @Override
  public String toString() {
    return "InProcess[…]";
  }
}
