package chatops.engine.template;

import chatops.engine.expression.Fault;
import java.util.regex.Pattern;

/** The form of parameter, task and output names. */
final class Naming {
  static final String EXPECTED = "a name is 1 to 200 letters, digits, - or _";

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,200}");

  private Naming() {}

  static boolean isName(String name) {
    return FORM.matcher(name).matches();
  }

  /** Reports an output whose name is none. */
  static void check(String name, Fields output) {
    if (!isName(name)) {
      output
          .findings()
          .add(Fault.INVALID_NAME, output.pointer(), output.owner() + ": " + EXPECTED, "rename it");
    }
  }
}
