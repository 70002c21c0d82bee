package chatops.chat.command;

/** What became of typed text. */
public sealed interface Parsed permits Parsed.Understood, Mistake {
  record Understood(Command command) implements Parsed {}
}
