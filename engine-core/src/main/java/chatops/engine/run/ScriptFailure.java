package chatops.engine.run;

import chatops.engine.execution.Failure;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an extension's script means by its exit code: from 1 to 4 by convention of the authors of extensions, from 101 by the script of ours around theirs. */
final class ScriptFailure {
  private static final Pattern EXIT = Pattern.compile("exit code ([0-9]{1,3})\\b");
  private static final Map<String, String> CODES = Map.of(
      "1", "ExtensionInstallFailed",
      "2", "ExtensionHealthCheckFailed",
      "3", "ExtensionPidFailed",
      "101", "ExtensionNotFetched",
      "102", "ExtensionHashMismatch",
      "103", "ExtensionNotUnpacked",
      "104", "ExtensionNoFolder");

  private ScriptFailure() {}

  /** The same failure, with a code that says more where the script ended by itself. */
  static Failure named(Failure failure) {
    Matcher exit = EXIT.matcher(failure.message());
    return failure.code().equals("ExitCodeNonzero") && exit.lookingAt()
        ? new Failure(
            failure.task(),
            CODES.getOrDefault(exit.group(1), "ExtensionScriptFailed"),
            failure.message())
        : failure;
  }
}
