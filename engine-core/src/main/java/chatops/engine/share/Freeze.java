package chatops.engine.share;

import chatops.engine.policy.Glob;
import java.time.Instant;

/**
 * A stop of new starts.
 *
 * @param pattern of the templates it concerns; {@code *} for all
 * @param by id of the person who froze
 */
public record Freeze(String pattern, String by, Instant at, String reason) {
  public boolean covers(String template) {
    return new Glob(pattern).matches(template);
  }
}
