package chatops.runtime;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Wakes, on a thread of its own, what writes the {@code Date} header of the first answer: the JDK's server formats it by names of days,
 * months and zones that are gathered at their first use, which takes an interpreting JVM 10 ms. With two processors nobody waits for that.
 */
final class DateHeader implements Runnable {
  private DateHeader() {}

  static void prepare() {
    if (Runtime.getRuntime().availableProcessors() < 2) {
      return;
    }
    Thread thread = new Thread(new DateHeader(), "fc-runtime-date");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    // the pattern of sun.net.httpserver.ExchangeImpl
    String unread = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss zzz", Locale.US)
        .withZone(ZoneId.of("GMT"))
        .format(Instant.EPOCH);
    assert !unread.isEmpty();
  }
}
