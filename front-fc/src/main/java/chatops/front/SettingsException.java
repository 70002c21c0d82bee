package chatops.front;

import java.util.List;

/** Front's settings do not allow a start: every problem at once, by the name of its variable, no value shown. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SettingsException(List<String> problems) {
    super("Front cannot start:\n  " + String.join("\n  ", problems));
  }
}
