package chatops.engine.template;

import java.util.Comparator;

/** A place in a template's text; line and column count from 1. */
public record Position(int line, int column) implements Comparable<Position> {
  private static final Comparator<Position> IN_ORDER =
      Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

  @Override
  public int compareTo(Position other) {
    return IN_ORDER.compare(this, other);
  }
}
