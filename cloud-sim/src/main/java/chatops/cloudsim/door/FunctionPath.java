package chatops.cloudsim.door;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The function a path names.
 *
 * @param function FC 3.0's name, {@code service$name} for the older paths
 * @param taskId empty for an invocation
 */
record FunctionPath(boolean generation3, String function, String taskId) {
  private static final Pattern FC3 =
      Pattern.compile("/2023-03-30/functions/([^/]+)/(?:invocations|async-tasks/([^/]+))");
  private static final Pattern FC2 =
      Pattern.compile("/2016-08-15/services/([^/.]+)(?:\\.[^/]+)?/functions/([^/]+)/invocations");

  static Optional<FunctionPath> parse(String path) {
    Matcher fc3 = FC3.matcher(path);
    if (fc3.matches()) {
      String task = fc3.group(2);
      return Optional.of(
          new FunctionPath(true, decode(fc3.group(1)), task == null ? "" : decode(task)));
    }
    Matcher fc2 = FC2.matcher(path);
    if (fc2.matches()) {
      return Optional.of(
          new FunctionPath(false, decode(fc2.group(1)) + "$" + decode(fc2.group(2)), ""));
    }
    return Optional.empty();
  }

  boolean isTask() {
    return !taskId.isEmpty();
  }

  String api() {
    return isTask() ? "GetAsyncTask" : "InvokeFunction";
  }

  private static String decode(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
