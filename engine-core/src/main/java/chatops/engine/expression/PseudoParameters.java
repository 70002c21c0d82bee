package chatops.engine.expression;

import java.util.List;

/** The names {@code {{ ACS::… }}} can have, in documented spelling (specification 10). */
public final class PseudoParameters {
  public static final String TASK_LOOP_ITEM = "TaskLoopItem";

  public static final List<String> ALL = List.of(
      "RegionId",
      TASK_LOOP_ITEM,
      "ExecutionId",
      "AccountId",
      "CurrentUTCTime",
      "OOSUtilVersion",
      "CurrentDate",
      "ExecuteUser");

  private PseudoParameters() {}

  /** All of them as they stand in braces: {@code ACS::RegionId}. */
  static List<String> written() {
    return ALL.stream().map(name -> "ACS::" + name).toList();
  }
}
