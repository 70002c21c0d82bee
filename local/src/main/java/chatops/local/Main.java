package chatops.local;

import chatops.local.cli.Chatops;

/** Entry of the {@code chatops} command line. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    // read once per process, when the JDK's first HTTP server is made; without it every answer on a
    // kept connection
    // waits 40 ms for an acknowledgement
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.exit(Chatops.run(
        arguments, System.getenv(), Chatops.utf8(System.out), Chatops.utf8(System.err)));
  }
}
