package chatops.execution.sts;

import chatops.engine.cloud.Caller;
import java.util.Locale;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * RoleSessionNames, which ActionTrail shows beside each call, and which decide who shares a session. In the older service they
 * have at most 32 characters.
 */
public enum SessionNames {
  /** One session for each execution: a call tells which one made it. */
  PER_EXECUTION,

  /** One for all executions that a person started: STS is asked less often, a call tells who started it. Never shared by two. */
  PER_PERSON;

  private static final String PREFIX = "oos-";
  private static final int ID_LENGTH = 27;
  private static final int HASH_LENGTH = 12;
  private static final int READABLE_LENGTH = 15;

  String of(Caller caller) {
    return switch (this) {
      case PER_EXECUTION -> {
        String id = caller.execution().value();
        yield PREFIX + id.substring(0, Math.min(ID_LENGTH, id.length()));
      }
      case PER_PERSON -> {
        String readable = caller.startedBy().replaceAll("[^A-Za-z0-9.@_-]", ".");
        String hash = DigestUtils.sha256Hex(caller.startedBy()).substring(0, HASH_LENGTH);
        String start = readable.substring(0, Math.min(READABLE_LENGTH, readable.length()));
        yield PREFIX + start.toLowerCase(Locale.ROOT) + "-" + hash;
      }
    };
  }
}
