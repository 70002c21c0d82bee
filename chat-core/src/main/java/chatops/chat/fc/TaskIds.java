package chatops.chat.fc;

import java.time.Duration;

/** FC's rules for the id and the delay of an asynchronous task (manual, "Asynchronous tasks"). */
public final class TaskIds {
  private static final int LONGEST = 128;

  private TaskIds() {}

  /** Refuses what FC would refuse, before anything is sent. */
  public static void check(String taskId) {
    boolean sound = !taskId.isEmpty() && taskId.length() <= LONGEST && isStart(taskId.charAt(0));
    for (int i = 1; sound && i < taskId.length(); i++) {
      char c = taskId.charAt(i);
      sound = isStart(c) || c == '-' || (c >= '0' && c <= '9');
    }
    if (!sound) {
      throw new IllegalArgumentException("task id \"" + taskId
          + "\": a letter or _ first, then letters, digits, _ and -, at most 128");
    }
  }

  /** Whole seconds from 1 to 3600, empty for no delay; a longer wait is chained by whoever wants it. */
  public static String seconds(Duration delay) {
    if (delay.isZero() || delay.isNegative()) {
      return "";
    }
    return Long.toString(Math.max(1, Math.min(3600, delay.toSeconds())));
  }

  private static boolean isStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }
}
