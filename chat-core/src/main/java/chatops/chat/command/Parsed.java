package chatops.chat.command;

/** What became of typed text. */
public sealed interface Parsed permits Parsed.Understood, Parsed.Incomplete, Mistake {
  record Understood(Command command) implements Parsed {}

  /**
   * A command that lacks arguments and is right so far: whoever can asks for the rest, whoever cannot says the mistake.
   *
   * @param command with the arguments and options there are
   */
  record Incomplete(Command command, Mistake mistake) implements Parsed {}
}
