import chatops.benchmarks.durable.Stage;
import java.util.Map;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.ProcessEngineConfiguration;
import org.flowable.engine.RuntimeService;
import org.flowable.engine.TaskService;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.JavaDelegate;
import org.flowable.task.api.Task;

/**
 * Flowable on PostgreSQL with its history: calls are service tasks, the approval is a user task. A service task that is to outlive a
 * crash before the next wait is asynchronous in Flowable; here they are not, so it commits twice a process. A loop is one
 * transaction.
 */
public final class Peer implements Stage.Performance {
  private static final String PROCESS = """
      <?xml version="1.0" encoding="UTF-8"?>
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:flowable="http://flowable.org/bpmn" targetNamespace="benchmark">
        <process id="process" isExecutable="true">
          <startEvent id="start"/>
          <sequenceFlow sourceRef="start" targetRef="one"/>
          <serviceTask id="one" flowable:class="Peer$Call"/>
          <sequenceFlow sourceRef="one" targetRef="ask"/>
          <userTask id="ask"/>
          <sequenceFlow sourceRef="ask" targetRef="two"/>
          <serviceTask id="two" flowable:class="Peer$Call"/>
          <sequenceFlow sourceRef="two" targetRef="three"/>
          <serviceTask id="three" flowable:class="Peer$Call"/>
          <sequenceFlow sourceRef="three" targetRef="end"/>
          <endEvent id="end"/>
        </process>
        <process id="loop" isExecutable="true">
          <startEvent id="begin"/>
          <sequenceFlow sourceRef="begin" targetRef="item"/>
          <serviceTask id="item" flowable:class="Peer$Call">
            <multiInstanceLoopCharacteristics isSequential="false">
              <loopCardinality>${items}</loopCardinality>
            </multiInstanceLoopCharacteristics>
          </serviceTask>
          <sequenceFlow sourceRef="item" targetRef="finish"/>
          <endEvent id="finish"/>
        </process>
      </definitions>
      """;

  /** Remembers its reply, as a step does elsewhere. */
  public static final class Call implements JavaDelegate {
    @Override
    public void execute(DelegateExecution execution) {
      execution.setVariableLocal("reply", Stage.call(execution.getCurrentActivityId()));
    }
  }

  private final ProcessEngine engine;
  private final RuntimeService runtime;
  private final TaskService tasks;

  private Peer(String url) {
    ProcessEngineConfiguration configuration =
        ProcessEngineConfiguration.createStandaloneProcessEngineConfiguration();
    configuration
        .setJdbcUrl(url)
        .setJdbcUsername("benchmark")
        .setJdbcPassword("benchmark")
        .setJdbcDriver("org.postgresql.Driver")
        .setJdbcMaxActiveConnections(16)
        .setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE)
        .setAsyncExecutorActivate(false);
    engine = configuration.buildProcessEngine();
    engine.getRepositoryService().createDeployment().addString("all.bpmn20.xml", PROCESS).deploy();
    runtime = engine.getRuntimeService();
    tasks = engine.getTaskService();
  }

  /** @param arguments the JDBC address of an empty database */
  public static void main(String[] arguments) throws Exception {
    Stage.show(new Peer(arguments[0]));
  }

  @Override
  public void process() {
    String id = runtime.startProcessInstanceByKey("process").getId();
    Task ask = tasks.createTaskQuery().processInstanceId(id).singleResult();
    tasks.complete(ask.getId(), Map.of("decision", "approve"));
    if (runtime.createProcessInstanceQuery().processInstanceId(id).count() != 0) {
      throw new IllegalStateException(id + " has not ended");
    }
  }

  @Override
  public void loop(int items, int concurrency) {
    runtime.startProcessInstanceByKey("loop", Map.of("items", items));
  }

  @Override
  public String facts() {
    return "Flowable " + ProcessEngine.VERSION;
  }

  @Override
  public void close() {
    engine.close();
  }
}
