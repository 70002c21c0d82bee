package chatops.engine.execution;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a template made of secrets by functions and programs of its own, so that it is hidden as they are. Where there is more than can
 * be kept, nothing the execution put out is shown any more.
 *
 * @param isFull whether there was more than is kept
 */
public record Pieces(List<String> texts, boolean isFull) {
  public static final Pieces NONE = new Pieces(List.of(), false);

  private static final int MOST = 300;
  private static final int MOST_CHARACTERS = 12_000;

  public Pieces {
    texts = List.copyOf(texts);
  }

  /** With more of them; the same instance when all are known. */
  Pieces with(List<String> more) {
    Set<String> all = new LinkedHashSet<>(texts);
    if (isFull || !all.addAll(more)) {
      return this;
    }
    int characters = all.stream().mapToInt(String::length).sum();
    return all.size() > MOST || characters > MOST_CHARACTERS
        ? new Pieces(texts, true)
        : new Pieces(new ArrayList<>(all), false);
  }
}
