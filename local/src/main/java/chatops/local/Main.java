package chatops.local;

import chatops.local.cli.Chatops;

/** Entry of the {@code chatops} command line. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(Chatops.run(
        arguments, System.getenv(), Chatops.utf8(System.out), Chatops.utf8(System.err)));
  }
}
