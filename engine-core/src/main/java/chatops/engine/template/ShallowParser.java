package chatops.engine.template;

import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;

/** Ends the reading of a document where it is nested too deeply: composing it takes stack for every level. */
final class ShallowParser implements Parser {
  private final Parser parser;
  private final int deepest;
  private int depth;

  ShallowParser(Parser parser, int deepest) {
    this.parser = parser;
    this.deepest = deepest;
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return parser.checkEvent(choice);
  }

  @Override
  public Event peekEvent() {
    return parser.peekEvent();
  }

  @Override
  public boolean hasNext() {
    return parser.hasNext();
  }

  @Override
  public Event next() {
    Event event = parser.next();
    switch (event.getEventId()) {
      case SequenceStart, MappingStart -> depth++;
      case SequenceEnd, MappingEnd -> depth--;
      default -> {}
    }
    if (depth > deepest) {
      throw new YamlEngineException("nested deeper than " + deepest + " levels");
    }
    return event;
  }
}
