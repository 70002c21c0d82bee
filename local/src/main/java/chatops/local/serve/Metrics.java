package chatops.local.serve;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** Counters and gauges in the text format of OpenMetrics 1.0. Thread-safe. */
final class Metrics {
  static final String TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final Map<String, Map<String, LongAdder>> counters = new ConcurrentSkipListMap<>();
  private final Map<String, DoubleSupplier> gauges = new ConcurrentSkipListMap<>();
  private final Map<String, String> meanings = new ConcurrentSkipListMap<>();

  /** @param meaning one line for whoever reads the metrics; without backslashes and quotes */
  void describe(String name, String meaning) {
    meanings.put(name, meaning);
  }

  /** @param labels names and values in turn; of few values each */
  void count(String name, String... labels) {
    add(name, 1, labels);
  }

  /** A series that is there from the start, at 0: one that appears with its first event has no rate, and alerts miss it. */
  void declare(String name, String... labels) {
    add(name, 0, labels);
  }

  void add(String name, long amount, String... labels) {
    counters
        .computeIfAbsent(name, none -> new ConcurrentSkipListMap<>())
        .computeIfAbsent(labelled(labels), none -> new LongAdder())
        .add(amount);
  }

  void gauge(String name, String meaning, DoubleSupplier value) {
    describe(name, meaning);
    gauges.put(name, value);
  }

  private static String labelled(String... labels) {
    Map<String, String> sorted = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      sorted.put(labels[i], labels[i + 1]);
    }
    StringBuilder text = new StringBuilder();
    sorted.forEach((name, value) -> text.append(text.isEmpty() ? "{" : ",")
        .append(name)
        .append("=\"")
        .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
        .append('"'));
    return text.isEmpty() ? "" : text.append('}').toString();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    counters.forEach((name, series) -> {
      head(text, name, "counter");
      series.forEach((labels, value) -> text.append(name)
          .append("_total")
          .append(labels)
          .append(' ')
          .append(value.sum())
          .append('\n'));
    });
    gauges.forEach((name, value) -> {
      head(text, name, "gauge");
      text.append(name).append(' ').append(value.getAsDouble()).append('\n');
    });
    return text.append("# EOF\n").toString();
  }

  /** A unit is named where the name ends with it, and only there (OpenMetrics 1.0, "Unit"). */
  private void head(StringBuilder text, String name, String type) {
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    for (String unit : List.of("seconds", "bytes")) {
      if (name.endsWith("_" + unit)) {
        text.append("# UNIT ").append(name).append(' ').append(unit).append('\n');
      }
    }
    String meaning = meanings.get(name);
    if (meaning != null) {
      text.append("# HELP ").append(name).append(' ').append(meaning).append('\n');
    }
  }
}
