package chatops.engine.execution;

import java.util.List;
import java.util.Locale;

/** Kind of an execution by its template's first task, spelled as OOS spells it (specification 13.4). */
public final class Category {
  public static final String OTHER = "Other";
  public static final String TIMER = "TimerTrigger";
  public static final String EVENT = "EventTrigger";
  public static final String ALARM = "AlarmTrigger";

  private Category() {}

  /** @param action of the template's first task */
  public static String of(String action) {
    String name = action.strip().toLowerCase(Locale.ROOT);
    return List.of(TIMER, EVENT, ALARM).stream()
        .filter(trigger -> name.equals("acs::" + trigger.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElse(OTHER);
  }
}
