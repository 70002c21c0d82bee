package chatops.engine.execution;

import java.util.List;

/** Whether API calls of high risk stop for a confirmation, spelled as OOS spells it (specification 13.5). */
public final class SafetyCheck {
  public static final String CONFIRM = "ConfirmEveryHighRiskAction";
  public static final String SKIP = "Skip";
  public static final List<String> ALL = List.of(CONFIRM, SKIP);

  private SafetyCheck() {}
}
