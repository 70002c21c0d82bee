package chatops.engine.schedule;

import chatops.engine.EngineException;

/** A schedule that cannot be read; the message names the field, what was found and what was expected. */
public final class ScheduleException extends EngineException {
  private static final long serialVersionUID = 1L;

  public ScheduleException(String message) {
    super(message);
  }
}
