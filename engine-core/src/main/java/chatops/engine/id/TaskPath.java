package chatops.engine.id;

import java.util.regex.Pattern;

/**
 * Place of a task run inside an execution: {@code t0003} is the third task started in the root frame, {@code t0003.0012}
 * item 12 of its loop, {@code t0003.0012/t0001} the first task started in the frame that item opened. The empty path is
 * the root frame itself. Sorts in start order within a frame.
 */
public record TaskPath(String value) implements Comparable<TaskPath> {
  private static final Pattern FORM =
      Pattern.compile("(t\\d{4,}(\\.\\d{4,})?(/t\\d{4,}(\\.\\d{4,})?)*)?");

  /** The root frame; made after the pattern that its constructor needs. */
  public static final TaskPath ROOT = new TaskPath("");

  public TaskPath {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "task path '" + value + "': expected tNNNN[.NNNN] joined by /");
    }
  }

  /** The {@code number}th task (from 1) started in the frame at this path. */
  public TaskPath task(int number) {
    String own = String.format("t%04d", number);
    return new TaskPath(value.isEmpty() ? own : value + "/" + own);
  }

  /** Item {@code index} (from 0) of the looping task at this path. */
  public TaskPath item(int index) {
    return new TaskPath(String.format("%s.%04d", value, index));
  }

  /** Whether this is one item of a looping task. */
  public boolean isItem() {
    return value.indexOf('.', value.lastIndexOf('/') + 1) >= 0;
  }

  /** The looping task that this item belongs to. */
  public TaskPath loop() {
    return new TaskPath(value.substring(0, value.lastIndexOf('.')));
  }

  public boolean isRoot() {
    return value.isEmpty();
  }

  /** Path of the frame this task runs in; of a loop item, the frame of its looping task. */
  public TaskPath frame() {
    int slash = value.lastIndexOf('/');
    return slash < 0 ? ROOT : new TaskPath(value.substring(0, slash));
  }

  /** Whether this path is {@code other} or lies below it: a loop item, or a task of a frame opened there. */
  public boolean isWithin(TaskPath other) {
    if (other.isRoot() || equals(other)) {
      return true;
    }
    int end = other.value.length();
    return value.startsWith(other.value)
        && value.length() > end
        && (value.charAt(end) == '.' || value.charAt(end) == '/');
  }

  /** {@code ACS::ExecutionId} inside the frame at this path: the parent's id, then a dot for every level. */
  public String executionId(ExecutionId execution) {
    return isRoot() ? execution.value() : execution.value() + "." + value.replace('/', '.');
  }

  @Override
  public int compareTo(TaskPath other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
