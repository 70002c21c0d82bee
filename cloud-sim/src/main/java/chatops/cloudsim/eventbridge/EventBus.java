package chatops.cloudsim.eventbridge;

import chatops.cloudsim.clock.Timeline;
import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.fc.FunctionCompute;
import chatops.cloudsim.seed.Names;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The default event bus: cloud services' events, wrapped as CloudEvents 1.0, and rules that hand them to functions
 * (EventBridge, "Event overview"; FC, "EventBridge triggers"). Thread-safe.
 */
public final class EventBus {
  /** How a target gets an event. */
  public enum Schema {
    CLOUD_EVENTS,
    /** The payload alone. */
    RAW_DATA,
    /** Event streaming: an array of events. */
    CLOUD_EVENT_ARRAY
  }

  /**
   * @param sources {@code acs.ess}; empty lets every source through
   * @param types prefixes of event types; empty lets every type through
   */
  public record Rule(
      String name, List<String> sources, List<String> types, String function, Schema schema) {
    public Rule {
      sources = List.copyOf(sources);
      types = List.copyOf(types);
    }

    boolean matches(String source, String type) {
      return (sources.isEmpty() || sources.contains(source))
          && (types.isEmpty() || types.stream().anyMatch(type::startsWith));
    }
  }

  private static final int MOST_RETRIES = 3;

  private final String accountId;
  private final String region;
  private final Timeline timeline;
  private final Names names;
  private final FunctionCompute functions;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<ObjectNode> events = new CopyOnWriteArrayList<>();

  public EventBus(
      String accountId, String region, Timeline timeline, Names names, FunctionCompute functions) {
    this.accountId = accountId;
    this.region = region;
    this.timeline = timeline;
    this.names = names;
    this.functions = functions;
  }

  public void rule(Rule rule) {
    rules.add(rule);
  }

  /** Everything that was put, oldest first. */
  public List<ObjectNode> events() {
    return List.copyOf(events);
  }

  /** Puts an event of a cloud service on the bus. @return its id */
  public String put(String source, String type, String subject, ObjectNode data) {
    var now = timeline.clock().instant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
    String id = names.requestId();
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event
        .put("id", id)
        .put("source", source)
        .put("specversion", "1.0")
        .put("type", type)
        .put("subject", subject)
        .put("datacontenttype", "application/json;charset=utf-8")
        .put("time", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(now))
        .put("aliyunaccountid", accountId)
        .put("aliyunpublishtime", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(now))
        .put("aliyuneventbusname", "default")
        .put("aliyunregionid", region)
        .set("data", data);
    events.add(event);
    for (Rule rule : rules) {
      if (rule.matches(source, type)) {
        timeline.after(Duration.ZERO, () -> deliver(rule, event, 1));
      }
    }
    return id;
  }

  private void deliver(Rule rule, ObjectNode event, int number) {
    String payload = switch (rule.schema()) {
      case CLOUD_EVENTS -> event.toString();
      case RAW_DATA -> event.path("data").toString();
      case CLOUD_EVENT_ARRAY -> "[" + event + "]";
    };
    try {
      functions.trigger(rule.function(), payload.getBytes(StandardCharsets.UTF_8));
    } catch (CloudException refused) {
      if (number <= MOST_RETRIES) {
        Duration wait = Duration.ofMillis(10_000 + (long) (names.fraction() * 10_000));
        timeline.after(wait, () -> deliver(rule, event, number + 1));
      }
    }
  }
}
