package chatops.cloudsim.assistant;

import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.Parameters;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a command runs: once, by its frequency, or at restarts of the instance (page "RunCommand", RepeatMode and Frequency). {@code rate(5m)} and {@code at(2026-03-01 08:00:00
 * Asia/Shanghai)} are played; cron expressions are refused with a message, because they would otherwise never run.
 */
record Schedule(
    Mode mode,
    String frequency,
    @Nullable Duration every,
    @Nullable Instant only) {
  enum Mode {
    ONCE("Once"),
    PERIOD("Period"),
    NEXT_REBOOT("NextRebootOnly"),
    EVERY_REBOOT("EveryReboot");

    private final String text;

    Mode(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  private static final Pattern RATE = Pattern.compile("rate\\((\\d{1,9})([smhd])\\)");
  private static final Pattern AT =
      Pattern.compile("at\\((\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d)(?: (\\S+))?\\)");
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  static final Schedule NOW = new Schedule(Mode.ONCE, "", null, null);

  static Schedule read(Parameters parameters, Instant now) {
    String frequency = parameters.text("Frequency").orElse("");
    Mode mode = mode(parameters);
    if (mode == Mode.PERIOD && frequency.isEmpty()) {
      throw new CloudException(
          403, "MissingParam.Frequency", "The frequency must be specified when you repeat.");
    }
    if (frequency.isEmpty()) {
      return new Schedule(mode, "", null, null);
    }
    Matcher rate = RATE.matcher(frequency);
    if (rate.matches()) {
      Duration every = Duration.parse(
          rate.group(2).equals("d")
              ? "P" + rate.group(1) + "D"
              : "PT" + rate.group(1) + rate.group(2).toUpperCase(Locale.ROOT));
      if (every.toSeconds() >= 60 && every.compareTo(Duration.ofDays(7)) <= 0) {
        return new Schedule(Mode.PERIOD, frequency, every, null);
      }
      throw invalid("a rate is 60 seconds to 7 days.");
    }
    Matcher at = AT.matcher(frequency);
    if (at.matches()) {
      Instant only = instant(at.group(1), at.group(2));
      if (only.isAfter(now)) {
        return new Schedule(Mode.PERIOD, frequency, null, only);
      }
      throw invalid("the time is over.");
    }
    throw invalid("the simulator plays rate(…) and at(…), no cron expressions.");
  }

  private static Mode mode(Parameters parameters) {
    boolean isTimed = parameters.flag("Timed") || parameters.text("Frequency").isPresent();
    String given = parameters.text("RepeatMode").orElse(isTimed ? "Period" : "Once");
    for (Mode mode : Mode.values()) {
      if (mode.text().equals(given)) {
        return isTimed ? Mode.PERIOD : mode;
      }
    }
    throw CloudException.invalid(
        "RepeatMode", "expected Once, Period, NextRebootOnly or EveryReboot.");
  }

  private static Instant instant(String local, @Nullable String zone) {
    try {
      return LocalDateTime.parse(local, LOCAL)
          .atZone(ZoneId.of(zone == null ? "UTC" : zone))
          .toInstant();
    } catch (DateTimeException notATime) {
      throw invalid(local + (zone == null ? "" : " " + zone) + " is no time.");
    }
  }

  private static CloudException invalid(String reason) {
    return new CloudException(
        403, "InvalidParam.Frequency", "The specified frequency is invalid: " + reason);
  }

  /** Whether restarts of the instance set it off. */
  boolean isByReboot() {
    return mode == Mode.NEXT_REBOOT || mode == Mode.EVERY_REBOOT;
  }

  /** The first time it is due by the clock; a restart is nothing the clock knows. */
  Instant first(Instant now) {
    return only != null ? only : every != null ? now.plus(every) : now;
  }

  /** The time after {@code last}, empty when that was the only one. */
  Optional<Instant> next(Instant last) {
    return Optional.ofNullable(every).map(last::plus);
  }
}
