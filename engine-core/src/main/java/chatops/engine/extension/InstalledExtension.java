package chatops.engine.extension;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What of one extension is on one instance, as far as executions told.
 *
 * @param version what is there; empty before the first installation is over, and between the two halves of an upgrade
 * @param target the version that is being brought; empty when nothing is
 * @param parameters the values it was installed with
 * @param execution who changes it, or changed it last; its root's id
 * @param code why it failed; empty when it did not
 * @param message the end of what was written then
 */
public record InstalledExtension(
    String instanceId,
    String name,
    State state,
    String version,
    String target,
    Map<String, String> parameters,
    String execution,
    String code,
    String message,
    Instant updatedAt) {

  /** No row is kept of what is absent. */
  public enum State {
    INSTALLING("Installing"),
    INSTALLED("Installed"),
    UPDATING("Updating"),
    UNINSTALLING("Uninstalling"),
    INSTALL_FAILED("InstallFailed"),
    UPDATE_FAILED("UpdateFailed"),
    UNINSTALL_FAILED("UninstallFailed");

    private final String text;

    State(String text) {
      this.text = text;
    }

    /** As people see it. */
    public String text() {
      return text;
    }

    /** Whether an execution is at it; then nobody else may be. */
    public boolean isBusy() {
      return this == INSTALLING || this == UPDATING || this == UNINSTALLING;
    }

    /** What it is when the execution that is at it ends without success. */
    State failed() {
      return switch (this) {
        case INSTALLING, INSTALL_FAILED -> INSTALL_FAILED;
        case UPDATING, UPDATE_FAILED, INSTALLED -> UPDATE_FAILED;
        case UNINSTALLING, UNINSTALL_FAILED -> UNINSTALL_FAILED;
      };
    }

    private static State of(String text) {
      for (State state : values()) {
        if (state.text.equals(text)) {
          return state;
        }
      }
      throw new IllegalArgumentException("no state of an extension: " + text);
    }
  }

  public InstalledExtension {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** What a script to undo it belongs to: what is there, else what was begun. */
  String present() {
    return version.isEmpty() ? target : version;
  }

  InstalledExtension began(State next, String newTarget, String by, Instant at) {
    return new InstalledExtension(
        instanceId, name, next, version, newTarget, parameters, by, "", "", at);
  }

  InstalledExtension removed(Instant at) {
    return new InstalledExtension(
        instanceId, name, state, "", target, parameters, execution, "", "", at);
  }

  InstalledExtension installed(
      String newVersion, Map<String, String> given, String by, Instant at) {
    return new InstalledExtension(
        instanceId, name, State.INSTALLED, newVersion, "", given, by, "", "", at);
  }

  InstalledExtension failed(String why, String words, Instant at) {
    return new InstalledExtension(
        instanceId, name, state.failed(), version, target, parameters, execution, why, words, at);
  }

  static InstalledExtension of(String instanceId, String name, ObjectNode row) {
    Map<String, String> parameters = new LinkedHashMap<>();
    row.path("parameters")
        .properties()
        .forEach(each -> parameters.put(each.getKey(), each.getValue().asText()));
    return new InstalledExtension(
        instanceId,
        name,
        State.of(row.path("state").asText()),
        row.path("version").asText(),
        row.path("target").asText(),
        parameters,
        row.path("execution").asText(),
        row.path("code").asText(),
        row.path("message").asText(),
        Instant.parse(row.path("updatedAt").asText()));
  }

  void write(ObjectNode row) {
    row.put("state", state.text());
    row.put("version", version);
    row.put("target", target);
    ObjectNode values = row.putObject("parameters");
    parameters.forEach(values::put);
    row.put("execution", execution);
    row.put("code", code);
    row.put("message", message);
    row.put("updatedAt", updatedAt.toString());
  }
}
