package chatops.benchmarks.acknowledge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measured values of one thing. For one thread. */
public final class Samples {
  private final List<Double> values = new ArrayList<>();

  public void add(double value) {
    values.add(value);
  }

  public int size() {
    return values.size();
  }

  public double median() {
    return at(0.5);
  }

  /** How many values are at least this. */
  public int above(double bound) {
    return (int) values.stream().filter(each -> each >= bound).count();
  }

  /** @param share 0 to 1: below which this share of the values lies */
  public double at(double share) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
  }
}
