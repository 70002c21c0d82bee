package chatops.runtime;

import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * How a {@link FunctionServer} listens and what it tells its handler.
 *
 * @param concurrency invocations at the same time, 1 to 200 as FC's {@code instanceConcurrency}; more wait their turn
 * @param maxBodyBytes longest request; FC takes 32 MB in a synchronous call
 * @param drain how long a stop waits for invocations under way
 * @param environment {@code FC_*} settings of the platform, used where a request does not say
 * @param log where FC cuts the log of each request; must be safe for several threads
 * @param callerToken what events and hooks must carry in {@value FunctionServer#CALLER}, so that no other user of this machine can
 *     send any; empty on the platform, where nobody else reaches the instance
 */
public record ServerOptions(
    InetSocketAddress address,
    int concurrency,
    int maxBodyBytes,
    Duration drain,
    Map<String, String> environment,
    PrintStream log,
    InstantSource clock,
    String callerToken) {
  private static final int CONCURRENCY = 20;
  private static final int MOST_AT_ONCE = 200;
  private static final int HIGHEST_PORT = 65_535;
  private static final int MAX_BODY = 32 << 20;
  private static final Duration DRAIN = Duration.ofSeconds(10);

  public ServerOptions {
    if (concurrency < 1 || concurrency > MOST_AT_ONCE) {
      throw new IllegalArgumentException(
          "concurrency " + concurrency + ": 1 to " + MOST_AT_ONCE + " expected");
    }
    if (maxBodyBytes < 1 || drain.isNegative()) {
      throw new IllegalArgumentException("maxBodyBytes must be positive and drain not negative");
    }
    environment = Map.copyOf(environment);
  }

  /** This machine only. @param port 0 for any free one */
  public static ServerOptions loopback(int port) {
    return new ServerOptions(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        CONCURRENCY,
        MAX_BODY,
        DRAIN,
        Map.of(),
        System.out,
        InstantSource.system(),
        "");
  }

  /**
   * Settings of the process. On FC ({@code FC_FUNCTION_NAME} is set) it listens on every interface, because the
   * platform cannot reach loopback; elsewhere on loopback only. {@code CHATOPS_LISTEN} ({@code host:port}) overrides
   * both, {@code FC_SERVER_PORT} the port 9000, {@code CHATOPS_CONCURRENCY} the number 20.
   */
  public static ServerOptions fromEnvironment(Map<String, String> environment) {
    int port = number(environment, "FC_SERVER_PORT", 9000, 0, HIGHEST_PORT);
    String ownHost = environment.containsKey("FC_FUNCTION_NAME") ? "0.0.0.0" : "127.0.0.1";
    String listen = environment.getOrDefault("CHATOPS_LISTEN", ownHost + ":" + port);
    int colon = listen.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(
          "CHATOPS_LISTEN is \"" + listen + "\": host:port expected");
    }
    int listenPort = number(
        Map.of("CHATOPS_LISTEN", listen.substring(colon + 1)),
        "CHATOPS_LISTEN",
        port,
        0,
        HIGHEST_PORT);
    return loopback(0)
        .withAddress(new InetSocketAddress(listen.substring(0, colon), listenPort))
        .withConcurrency(number(environment, "CHATOPS_CONCURRENCY", CONCURRENCY, 1, MOST_AT_ONCE))
        .withEnvironment(environment);
  }

  public ServerOptions withAddress(InetSocketAddress changed) {
    return new ServerOptions(
        changed, concurrency, maxBodyBytes, drain, environment, log, clock, callerToken);
  }

  public ServerOptions withConcurrency(int changed) {
    return new ServerOptions(
        address, changed, maxBodyBytes, drain, environment, log, clock, callerToken);
  }

  public ServerOptions withMaxBodyBytes(int changed) {
    return new ServerOptions(
        address, concurrency, changed, drain, environment, log, clock, callerToken);
  }

  public ServerOptions withDrain(Duration changed) {
    return new ServerOptions(
        address, concurrency, maxBodyBytes, changed, environment, log, clock, callerToken);
  }

  public ServerOptions withEnvironment(Map<String, String> changed) {
    return new ServerOptions(
        address, concurrency, maxBodyBytes, drain, changed, log, clock, callerToken);
  }

  public ServerOptions withLog(PrintStream changed) {
    return new ServerOptions(
        address, concurrency, maxBodyBytes, drain, environment, changed, clock, callerToken);
  }

  public ServerOptions withClock(InstantSource changed) {
    return new ServerOptions(
        address, concurrency, maxBodyBytes, drain, environment, log, changed, callerToken);
  }

  public ServerOptions withCallerToken(String changed) {
    return new ServerOptions(
        address, concurrency, maxBodyBytes, drain, environment, log, clock, changed);
  }

  @Override
  public String toString() {
    return "ServerOptions[" + address + ", concurrency " + concurrency + "]";
  }

  String environment(String name) {
    return environment.getOrDefault(name, "");
  }

  private static int number(
      Map<String, String> environment, String name, int otherwise, int least, int largest) {
    String text = environment.getOrDefault(name, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= largest) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // told below with the range
    }
    throw new IllegalArgumentException(
        name + " is \"" + text + "\": a number from " + least + " to " + largest + " expected");
  }
}
