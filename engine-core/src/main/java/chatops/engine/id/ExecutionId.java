package chatops.engine.id;

import java.util.regex.Pattern;

/**
 * Identity of one execution: {@code exec-} and letters or digits, without dots, at most 64 characters. Derived from the
 * platform's own event id, so a redelivered event names the same execution. Ids of child frames are formed by
 * {@link TaskPath#executionId}.
 */
public record ExecutionId(String value) implements Comparable<ExecutionId> {
  private static final Pattern FORM = Pattern.compile("exec-[a-z0-9]{8,59}");

  public ExecutionId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "execution id '" + value + "': expected exec- and 8 to 59 small letters or digits");
    }
  }

  @Override
  public int compareTo(ExecutionId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
