package chatops.engine.template;

import chatops.engine.expression.Expression;
import chatops.engine.expression.Selector;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One unit of a template. {@code properties} are kept per top-level key so that an action may evaluate them one by one
 * (Choice must not evaluate all of its choices at once).
 *
 * @param action as authored; looked up in any letter case
 * @param propertySelector what WaitFor and CheckFor look at; for ExecuteHttpRequest, the one of its WaitFor or CheckFor map
 * @param rules of ExecuteHttpRequest's WaitFor or CheckFor map, in place of {@code propertySelector}; all of them must hold
 * @param reports selectors under {@link #PROGRESS} and {@link #STOP_REASON}, as far as they are given
 * @param onSuccess a task name, or one of the {@link Targets}
 */
public record Task(
    String name,
    String action,
    Map<String, Expression> properties,
    @Nullable Selector propertySelector,
    List<Rule> rules,
    Map<String, Selector> reports,
    Map<String, TaskOutput> outputs,
    @Nullable Loop loop,
    @Nullable Expression when,
    boolean whenReadsItem,
    String onSuccess,
    String onError,
    String onCancel,
    boolean isCritical,
    Retry retry,
    List<Choice> choices,
    List<Task> loopTasks,
    Position position) {

  /** The verbs that a web request of ExecuteHttpRequest may have. */
  public static final List<String> WEB_METHODS = List.of("GET", "HEAD", "POST", "PUT", "DELETE");

  /** Ours: what WaitFor tells people while it waits. */
  public static final String PROGRESS = "Progress";

  /** Ours: why a value of StopRetryValues ends the waiting: a text, or a map with Code and Message. */
  public static final String STOP_REASON = "StopReason";

  /** A property in any letter case; null when it is absent. */
  public @Nullable Expression property(String name) {
    return properties.entrySet().stream()
        .filter(e -> e.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** Whether it repeats: by a Loop of its own, or as ACS::Loop. */
  public boolean isLooping() {
    return loop != null || !loopTasks.isEmpty();
  }

  /** The same task with other properties. */
  public Task with(Map<String, Expression> others) {
    return new Task(
        name,
        action,
        Map.copyOf(others),
        propertySelector,
        rules,
        reports,
        outputs,
        loop,
        when,
        whenReadsItem,
        onSuccess,
        onError,
        onCancel,
        isCritical,
        retry,
        choices,
        loopTasks,
        position);
  }

  /** Reserved jump targets. */
  public static final class Targets {
    public static final String NEXT = "ACS::NEXT";
    public static final String END = "ACS::END";

    private Targets() {}
  }

  /** Types a declared output can have; Array and Object are read as List and Json. */
  public enum OutputType {
    STRING,
    NUMBER,
    BOOLEAN,
    LIST,
    JSON
  }

  /**
   * A declared output: what it is read from and, for List and Json, how the results are shaped.
   *
   * @param plainName the one field of the result that the selector reads; null when it does anything else
   */
  public record TaskOutput(
      OutputType type, Selector selector, @Nullable String plainName) {}

  /**
   * One comparison of {@code Rules}, which ExecuteHttpRequest's WaitFor and CheckFor may hold in place of one selector.
   *
   * @param index its place in the list; its value is computed together with the map that holds the list
   */
  public record Rule(Selector selector, Operator operator, int index) {
    /** The value that rule has in the computed WaitFor or CheckFor map. */
    public JsonNode value(JsonNode map) {
      return map.path("Rules").path(index).path("Value");
    }
  }

  /** How a rule compares. */
  public enum Operator {
    EQUALS("Equals"),
    IN("In"),
    NOT_IN("NotIn");

    private final String written;

    Operator(String written) {
      this.written = written;
    }

    /** In any letter case. */
    static Optional<Operator> of(String word) {
      return Arrays.stream(values())
          .filter(operator -> operator.written.equalsIgnoreCase(word.strip()))
          .findFirst();
    }

    @Override
    public String toString() {
      return written;
    }
  }

  /** One branch of ACS::Choice, in order. */
  public record Choice(Expression when, String nextTask) {}

  /** How an interval grows between polls. */
  public enum DelayType {
    EXPONENTIAL,
    CONSTANT,
    LINEAR
  }

  /**
   * Polling of WaitFor and CheckFor.
   *
   * @param retries -1 when not given: the action's own default holds
   */
  public record Retry(
      int retries, DelayType delayType, int delay, int backOff, int maxRetryInterval) {}

  /**
   * @param rateControl the RateControl object, or the fields given directly under Loop as one
   * @param outputs aggregate name to how it is made
   */
  public record Loop(
      Expression items, @Nullable Expression rateControl, Map<String, Aggregate> outputs) {}

  /** One element of Loop.Outputs. */
  public record Aggregate(String type, String field) {}
}
