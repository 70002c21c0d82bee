import chatops.benchmarks.durable.Stage;
import dev.dbos.transact.DBOS;
import dev.dbos.transact.StartWorkflowOptions;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.context.DBOSContext;
import dev.dbos.transact.context.DBOSContextHolder;
import dev.dbos.transact.workflow.Workflow;
import dev.dbos.transact.workflow.WorkflowHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * DBOS Transact on PostgreSQL: calls are steps, the approval is a message. The items of a loop are steps of one workflow, run by
 * threads that borrow its context: the cheapest way that leaves every outcome in the database.
 */
public final class Peer implements Stage.Performance {
  public interface Processes {
    String process();

    String loop(int items, int concurrency) throws Exception;
  }

  private static final class Steps implements Processes {
    private final DBOS dbos;

    Steps(DBOS dbos) {
      this.dbos = dbos;
    }

    @Override
    @Workflow(name = "process")
    public String process() {
      String first = dbos.runStep(() -> Stage.call("one"), "one");
      String decision =
          dbos.<String>recv("approval", Duration.ofSeconds(60)).orElse("expired");
      String second = dbos.runStep(() -> Stage.call("two"), "two");
      return first + decision + second + dbos.runStep(() -> Stage.call("three"), "three");
    }

    @Override
    @Workflow(name = "loop")
    public String loop(int items, int concurrency) throws Exception {
      DBOSContext context = DBOSContextHolder.get();
      AtomicInteger next = new AtomicInteger();
      ExecutorService pool = Executors.newFixedThreadPool(concurrency);
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < concurrency; i++) {
        all.add(pool.submit(() -> {
          DBOSContext own =
              new DBOSContext(context.getWorkflowId(), null, null, null, null, null, null, null);
          DBOSContextHolder.set(own);
          for (int item = next.getAndIncrement(); item < items; item = next.getAndIncrement()) {
            String name = "item-" + item;
            // a step is known by its number in the workflow
            while (own.getCurrentFunctionId() < item) {
              own.getAndIncrementFunctionId();
            }
            dbos.runStep(() -> Stage.call(name), name);
          }
          return true;
        }));
      }
      for (Future<Boolean> each : all) {
        each.get();
      }
      pool.shutdown();
      return "done";
    }
  }

  private final DBOS dbos;
  private final Processes processes;

  private Peer(String url) {
    dbos = new DBOS(DBOSConfig.defaults("benchmark")
        .withDatabaseUrl(url)
        .withDbUser("benchmark")
        .withDbPassword("benchmark")
        .withAdminServer(false));
    processes = dbos.registerProxy(Processes.class, new Steps(dbos));
    dbos.launch();
  }

  /** @param arguments the JDBC address of an empty database */
  public static void main(String[] arguments) throws Exception {
    Stage.show(new Peer(arguments[0]));
  }

  @Override
  public void process() throws Exception {
    String id = UUID.randomUUID().toString();
    WorkflowHandle<String, RuntimeException> handle =
        dbos.startWorkflow(processes::process, new StartWorkflowOptions(id));
    dbos.send(id, "approve", "approval");
    String result = handle.getResult();
    if (!result.contains("approve")) {
      throw new IllegalStateException(result);
    }
  }

  @Override
  public void loop(int items, int concurrency) throws Exception {
    dbos.startWorkflow(() -> processes.loop(items, concurrency)).getResult();
  }

  @Override
  public String facts() {
    return "DBOS " + DBOS.version();
  }

  @Override
  public void close() {
    dbos.shutdown();
  }
}
