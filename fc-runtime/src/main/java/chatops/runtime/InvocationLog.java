package chatops.runtime;

import com.aliyun.fc.runtime.FunctionComputeLogger;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;

/**
 * The log of one invocation: one line per entry, shortened to what FC takes, without line breaks a message could forge
 * a marker with, and without the keys of the invocation.
 */
final class InvocationLog implements FunctionComputeLogger {
  /** FC takes 32 KB per entry; three bytes at most for a character of the basic plane. */
  private static final int LONGEST = 10_000;

  private final PrintStream out;
  private final InstantSource clock;
  private final String requestId;
  private final InvocationContext.RoleKeys keys;
  private volatile Level level = Level.INFO;

  InvocationLog(
      PrintStream out, InstantSource clock, String requestId, InvocationContext.RoleKeys keys) {
    this.out = out;
    this.clock = clock;
    this.requestId = requestId;
    this.keys = keys;
  }

  /** A marker, as it is. */
  void line(String text) {
    out.println(text);
  }

  void failure(Throwable thrown) {
    StringWriter stack = new StringWriter();
    thrown.printStackTrace(new PrintWriter(stack));
    write(Level.ERROR, stack.toString());
  }

  @Override
  public void trace(String message) {
    write(Level.TRACE, message);
  }

  @Override
  public void debug(String message) {
    write(Level.DEBUG, message);
  }

  @Override
  public void info(String message) {
    write(Level.INFO, message);
  }

  @Override
  public void warn(String message) {
    write(Level.WARN, message);
  }

  @Override
  public void error(String message) {
    write(Level.ERROR, message);
  }

  @Override
  public void fatal(String message) {
    write(Level.FATAL, message);
  }

  @Override
  public void setLogLevel(Level changed) {
    level = changed;
  }

  private void write(Level entry, String message) {
    if (entry.ordinal() < level.ordinal()) {
      return;
    }
    String text = masked(masked(message, keys.getAccessKeySecret()), keys.getSecurityToken());
    text = text.strip().replace("\r", "").replace("\n", "\\n");
    if (text.length() > LONGEST) {
      text = text.substring(0, LONGEST) + "…";
    }
    out.println(clock.instant() + " " + requestId + " [" + entry + "] " + text);
  }

  private static String masked(String text, String secret) {
    return secret.isEmpty() ? text : text.replace(secret, "***");
  }
}
