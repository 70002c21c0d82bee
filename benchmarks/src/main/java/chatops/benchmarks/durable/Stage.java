package chatops.benchmarks.durable;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where an engine shows what it can do: it obeys lines of its standard input and answers each with the nanoseconds it took. Peers
 * are compiled against it, so that all are measured by the same code. JDK only.
 *
 * <pre>
 * process THREADS COUNT      COUNT times start, call, wait for an approval, approve, call, call, end
 * loop ITEMS CONCURRENCY     one process with a call for each item, every outcome durable
 * facts                      one line of text
 * </pre>
 */
public final class Stage {
  /** What an engine is asked to do. Everything it says it has done is durable when it returns. */
  public interface Performance extends AutoCloseable {
    /** One process from its start to its end; called by several threads. */
    void process() throws Exception;

    /** One process with so many calls. */
    void loop(int items, int concurrency) throws Exception;

    /** How often {@link #process} calls {@link Stage#call}. */
    default int callsOfAProcess() {
      return 3;
    }

    /** What a reader should know, in one line. */
    String facts() throws Exception;
  }

  private static final AtomicInteger CALLS = new AtomicInteger();

  private Stage() {}

  /** What every process calls: nothing that takes time, so that the engines are what is measured. */
  public static String call(String input) {
    return "{\"RequestId\":\"" + CALLS.incrementAndGet() + "\",\"Input\":\"" + input + "\"}";
  }

  /** Obeys until the input ends. Standard output is kept for the answers. */
  public static void show(Performance performance) throws Exception {
    PrintStream answers = System.out;
    System.setOut(System.err);
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    answers.println("ready");
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      answers.println(obey(performance, order.split(" ")));
      answers.flush();
    }
    performance.close();
  }

  private static String obey(Performance performance, String[] order) throws Exception {
    int calls = CALLS.get();
    long started = System.nanoTime();
    int expected;
    switch (order[0]) {
      case "facts":
        return performance.facts();
      case "process":
        processes(performance, Integer.parseInt(order[1]), Integer.parseInt(order[2]));
        expected = performance.callsOfAProcess() * Integer.parseInt(order[2]);
        break;
      case "loop":
        performance.loop(Integer.parseInt(order[1]), Integer.parseInt(order[2]));
        expected = Integer.parseInt(order[1]);
        break;
      default:
        throw new IllegalArgumentException("unknown order " + order[0]);
    }
    long took = System.nanoTime() - started;
    if (CALLS.get() - calls != expected) {
      throw new IllegalStateException((CALLS.get() - calls) + " calls, expected " + expected);
    }
    return String.valueOf(took);
  }

  private static void processes(Performance performance, int threads, int count)
      throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    AtomicInteger left = new AtomicInteger(count);
    List<Future<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      all.add(pool.submit(() -> {
        while (left.getAndDecrement() > 0) {
          performance.process();
        }
        return true;
      }));
    }
    for (Future<Boolean> each : all) {
      each.get();
    }
    pool.shutdown();
  }
}
