package chatops.engine.run;

import java.util.function.Consumer;

/**
 * How much one execution may be (specification, section 14). Immutable. What the template's text itself may be is the
 * parser's: 64 KB, 200 tasks, names of 200 characters, 300 retries.
 */
public final class Limits {
  private final Values values;

  private Limits(Values values) {
    this.values = values;
  }

  public static Limits defaults() {
    return new Limits(new Values());
  }

  /** Frames inside frames. */
  public int nesting() {
    return values.nesting;
  }

  /** Task starts in one frame; only a template that jumps backwards gets there. */
  public int starts() {
    return values.starts;
  }

  /** Items of one loop. */
  public int items() {
    return values.items;
  }

  /** Nested templates and iterations of one execution, all together. */
  public int frames() {
    return values.frames;
  }

  /** Characters of one output. */
  public int value() {
    return values.value;
  }

  /** Characters of all outputs of a template. */
  public int outputs() {
    return values.outputs;
  }

  /** Characters of one line of the log; the rest is cut. */
  public int logLine() {
    return values.logLine;
  }

  /** Child executions of one trigger execution that run at the same time. */
  public int children() {
    return values.children;
  }

  public Limits withNesting(int most) {
    return with(v -> v.nesting = most);
  }

  public Limits withStarts(int most) {
    return with(v -> v.starts = most);
  }

  public Limits withItems(int most) {
    return with(v -> v.items = most);
  }

  public Limits withFrames(int most) {
    return with(v -> v.frames = most);
  }

  public Limits withValue(int most) {
    return with(v -> v.value = most);
  }

  public Limits withOutputs(int most) {
    return with(v -> v.outputs = most);
  }

  public Limits withChildren(int most) {
    return with(v -> v.children = most);
  }

  private Limits with(Consumer<Values> change) {
    Values changed = values.copy();
    change.accept(changed);
    return new Limits(changed);
  }

  /** One line for each limit, with its default. */
  private static final class Values implements Cloneable {
    private int nesting = 10;
    private int starts = 1_000;
    private int items = 1_000;
    private int frames = 10_000;
    private int value = 1024 * 1024;
    private int outputs = 4 * 1024 * 1024;
    private int logLine = 64 * 1024;
    private int children = 100;

    private Values copy() {
      try {
        return (Values) clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
