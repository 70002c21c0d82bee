package chatops.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs everything and prints one line for each figure that is held to a bound; ends with 1 when one is missed. */
public final class Benchmarks {
  private static final double MOST_RATIO = 3;

  private Benchmarks() {}

  public static void main(String[] args) throws RunnerException {
    Cost three = Cost.threeTasksWithApproval();
    Cost ten = Cost.tenTasks();
    double ratio = ratio();

    System.out.println(three);
    System.out.println(ten);
    System.out.printf(
        Locale.ROOT,
        "ratio: loading and checking a template of %d bytes costs %.2f × the bare YAML parse%n",
        TemplateLoading.text().length(),
        ratio);
    boolean holds =
        ratio < MOST_RATIO && three.commits() <= 6 && ten.rows() <= 26 && ten.invocations() <= 3;
    System.out.println(holds ? "benchmarks: every bound holds" : "benchmarks: a bound is missed");
    System.exit(holds ? 0 : 1);
  }

  // of the quietest iterations: what else the machine does is no cost of ours
  private static double ratio() throws RunnerException {
    Collection<RunResult> results = new Runner(
            new OptionsBuilder().include(TemplateLoading.class.getSimpleName()).build())
        .run();
    Map<String, Double> times = new TreeMap<>();
    results.forEach(result -> times.put(
        result.getPrimaryResult().getLabel(),
        result.getPrimaryResult().getStatistics().getMin()));
    return times.getOrDefault("template", Double.NaN) / times.getOrDefault("bareYaml", 1.0);
  }
}
