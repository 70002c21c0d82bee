package chatops.engine.execution;

import java.util.List;

/** How an execution runs, spelled as OOS spells it (specification 13.2). */
public final class Mode {
  public static final String AUTOMATIC = "Automatic";
  public static final String FAILURE_PAUSE = "FailurePause";
  public static final String DEBUG = "Debug";
  public static final List<String> ALL = List.of(AUTOMATIC, FAILURE_PAUSE, DEBUG);

  /** Values of LoopMode, which are those of BatchPauseOption. */
  public static final List<String> LOOPS = List.of(AUTOMATIC, "FirstBatchPause", "EveryBatchPause");

  private Mode() {}
}
