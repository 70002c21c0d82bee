package chatops.cloudsim.assistant;

import chatops.cloudsim.cloud.CloudCall;
import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.CloudService;
import chatops.cloudsim.cloud.Paging;
import chatops.cloudsim.cloud.Parameters;
import chatops.cloudsim.ecs.Fleet;
import chatops.cloudsim.ecs.InstanceStatus;
import chatops.cloudsim.ecs.Regions;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The agents of the instances: each is there and runs unless a test says otherwise. Guarded by its {@link CloudAssistant}. */
final class Agents {
  private static final Duration HEARTBEAT = Duration.ofMinutes(1);
  private static final int MOST_IDS = 100;

  private static final class Agent {
    boolean installed = true;
    int installedBy = -1;

    @Nullable
    Instant stoppedAt;

    @Nullable
    Instant lastInvoked;

    int invocations;
    final Deque<Trouble> troubles = new ArrayDeque<>();
  }

  private final Fleet fleet;
  private final InstantSource clock;
  private final Map<String, Agent> agents = new HashMap<>();

  Agents(Fleet fleet, InstantSource clock) {
    this.fleet = fleet;
    this.clock = clock;
  }

  Map<String, CloudService.Api> apis() {
    return Map.of(
        "DescribeCloudAssistantStatus", this::describe, "InstallCloudAssistant", this::install);
  }

  void remove(String instanceId) {
    agent(instanceId).installed = false;
  }

  void stop(String instanceId) {
    agent(instanceId).stoppedAt = clock.instant();
  }

  void go(String instanceId) {
    agent(instanceId).stoppedAt = null;
  }

  void trouble(String instanceId, Trouble trouble, int times) {
    for (int i = 0; i < times; i++) {
      agent(instanceId).troubles.add(trouble);
    }
  }

  /** Why the instance cannot be given anything to do; {@link Trouble#NONE} when it can. */
  Trouble unfit(String instanceId, Optional<Fleet.Sight> instance) {
    Agent agent = agent(instanceId);
    Trouble laidDown = agent.troubles.poll();
    if (laidDown != null) {
      return laidDown;
    }
    if (instance.isEmpty()) {
      return Trouble.INSTANCE_NOT_EXISTS;
    }
    if (instance.get().status() != InstanceStatus.RUNNING) {
      return Trouble.INSTANCE_NOT_RUNNING;
    }
    if (!isInstalled(agent, instance.get()) || agent.stoppedAt != null) {
      return Trouble.CLIENT_NOT_RUNNING;
    }
    agent.lastInvoked = clock.instant();
    agent.invocations++;
    return Trouble.NONE;
  }

  /** An installation takes effect with the next start of the instance. */
  private static boolean isInstalled(Agent agent, Fleet.Sight instance) {
    if (agent.installedBy >= 0 && instance.starts() > agent.installedBy) {
      agent.installed = true;
      agent.installedBy = -1;
    }
    return agent.installed;
  }

  private ObjectNode describe(CloudCall call) {
    Parameters parameters = call.parameters();
    String region = Regions.of(parameters);
    List<String> ids = parameters.list("InstanceId");
    if (ids.size() > MOST_IDS) {
      throw CloudException.invalid("InstanceId", "at most " + MOST_IDS + " ids.");
    }
    Optional<String> osType = parameters.text("OSType");
    List<Fleet.Sight> found = new ArrayList<>();
    for (Fleet.Sight instance : fleet.sights(region)) {
      boolean isAsked = ids.isEmpty() || ids.contains(instance.id());
      if (isAsked && (osType.isEmpty() || osType.get().equalsIgnoreCase(instance.osType()))) {
        found.add(instance);
      }
    }
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    List<Fleet.Sight> page = Paging.of(parameters, 50, 50).cut(found, reply);
    ArrayNode statuses =
        reply.putObject("InstanceCloudAssistantStatusSet").putArray("InstanceCloudAssistantStatus");
    page.forEach(instance -> statuses.add(status(instance)));
    return reply;
  }

  private ObjectNode status(Fleet.Sight instance) {
    Agent agent = agent(instance.id());
    boolean installed = isInstalled(agent, instance);
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("InstanceId", instance.id());
    // as text, as the service has it
    node.put("CloudAssistantStatus", String.valueOf(installed));
    node.put(
        "CloudAssistantVersion",
        !installed ? "" : instance.isWindows() ? "2.1.3.421" : "2.2.3.421");
    node.put("LastHeartbeatTime", installed ? Times.seconds(heartbeat(agent, instance)) : "");
    node.put("LastInvokedTime", agent.lastInvoked == null ? "" : Times.seconds(agent.lastInvoked));
    node.put("ActiveTaskCount", 0);
    node.put("InvocationCount", agent.invocations);
    node.put("OSType", instance.isWindows() ? "Windows" : "Linux");
    node.put("SupportSessionManager", true);
    return node;
  }

  /** The first beat is at the start of the instance, then one a minute. */
  private Instant heartbeat(Agent agent, Fleet.Sight instance) {
    Instant until = agent.stoppedAt != null ? agent.stoppedAt : clock.instant();
    long beats = Duration.between(instance.startedAt(), until).dividedBy(HEARTBEAT);
    return instance.startedAt().plus(HEARTBEAT.multipliedBy(Math.max(0, beats)));
  }

  private ObjectNode install(CloudCall call) {
    Parameters parameters = call.parameters();
    String region = Regions.of(parameters);
    List<String> ids = parameters.list("InstanceId");
    if (ids.isEmpty()) {
      throw CloudException.missing("InstanceId.1");
    }
    if (ids.size() > 50) {
      throw new CloudException(
          400, "InstanceIds.ExceedLimit", "The number of instance IDs exceeds the upper limit.");
    }
    List<Fleet.Sight> found = new ArrayList<>();
    for (String id : ids) {
      found.add(fleet
          .sight(id)
          .filter(instance -> instance.region().equals(region))
          .orElseThrow(CloudAssistant::notFound));
    }
    for (Fleet.Sight instance : found) {
      Agent agent = agent(instance.id());
      if (!agent.installed) {
        agent.installedBy = instance.starts();
      }
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private Agent agent(String instanceId) {
    return agents.computeIfAbsent(instanceId, id -> new Agent());
  }
}
