package chatops.cloudsim.assistant;

import chatops.cloudsim.ecs.Fleet;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One run of a command on one instance, from its delivery to its end. Guarded by its {@link CloudAssistant}. */
final class Run {
  final int number;
  RunStatus status = RunStatus.PENDING;
  Trouble trouble = Trouble.NONE;
  String info = "";
  int exitCode;

  @Nullable
  Instant startedAt;

  @Nullable
  Instant finishedAt;

  @Nullable
  Instant stoppedAt;

  Guest.@Nullable Process process;
  private int starts;

  Run(int number) {
    this.number = number;
  }

  void begin(Guest.Process started, Fleet.Sight instance, Instant now) {
    process = started;
    starts = instance.starts();
    startedAt = now;
    status = RunStatus.RUNNING;
  }

  /** Whether the instance is not the one any more that the script was started on. */
  boolean isInterrupted(Fleet.Sight instance, boolean isRunning) {
    return !isRunning || instance.starts() != starts;
  }

  void end(Ending ending) {
    trouble = ending.trouble();
    status = trouble.status();
    info = ending.info().isEmpty() ? trouble.info() : ending.info();
    exitCode = ending.exitCode();
    finishedAt = ending.at();
  }

  /** Ends it from outside: at once when it has not begun, else as soon as the agent has done it. */
  void stop(Instant now) {
    if (status.isFinal()) {
      return;
    }
    if (process == null) {
      status = RunStatus.CANCELLED;
    } else {
      process.stop();
      status = RunStatus.STOPPING;
    }
    stoppedAt = now;
  }

  Output output(Instant now) {
    return process == null ? new Output(new byte[0], 0) : process.output(now);
  }

  boolean hasExitCode() {
    return status == RunStatus.SUCCESS || status == RunStatus.FAILED;
  }
}
