package chatops.cloudsim.assistant;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Cloud Assistant tells times by the second, in UTC. */
final class Times {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Times() {}

  /** Empty for none. */
  static String seconds(@Nullable Instant instant) {
    return instant == null ? "" : SECONDS.format(instant);
  }
}
