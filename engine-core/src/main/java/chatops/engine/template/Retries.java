package chatops.engine.template;

import java.util.Locale;

/** Reads the retry attributes of a task (specification 6). */
final class Retries {
  private Retries() {}

  static Task.Retry read(Fields task) {
    Task.DelayType type =
        switch (task.text("DelayType").orElse("Exponential").toLowerCase(Locale.ROOT)) {
          case "exponential" -> Task.DelayType.EXPONENTIAL;
          case "constant" -> Task.DelayType.CONSTANT;
          case "linear" -> Task.DelayType.LINEAR;
          default -> {
            task.wrongValue("DelayType", "Exponential, Constant or Linear");
            yield Task.DelayType.EXPONENTIAL;
          }
        };
    return new Task.Retry(
        task.number("Retries", 0, 300).orElse(-1),
        type,
        task.number("Delay", 1, 3_600).orElse(2),
        task.number("BackOff", 1, 3_600).orElse(2),
        task.number("MaxRetryInterval", 1, 1_800).orElse(1_800));
  }
}
