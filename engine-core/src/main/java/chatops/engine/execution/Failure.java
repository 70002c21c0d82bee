package chatops.engine.execution;

/** Why a task failed, as status messages tell it; the code is named once. */
public record Failure(String task, String code, String message) {
  public String text() {
    return code.isEmpty() || message.contains(code)
        ? task + ": " + message
        : task + ": " + code + ": " + message;
  }
}
