package chatops.benchmarks.acknowledge;

import java.util.Locale;

/**
 * One line that a run is held to.
 *
 * @param aim how it is written: what {@code value} must not exceed, or must reach
 */
public record Ratio(String name, double value, double aim, boolean isFloor) {
  public static Ratio atMost(String name, double value, double aim) {
    return new Ratio(name, value, aim, false);
  }

  public static Ratio atLeast(String name, double value, double aim) {
    return new Ratio(name, value, aim, true);
  }

  public boolean holds() {
    return isFloor ? value >= aim : value <= aim;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "RATIO %s %.2f (aim %s %.2f)%s",
        name,
        value,
        isFloor ? ">=" : "<=",
        aim,
        holds() ? "" : " MISSED");
  }
}
