package chatops.cloudsim.assistant;

import chatops.cloudsim.clock.Timeline;
import chatops.cloudsim.cloud.CloudCall;
import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.CloudService;
import chatops.cloudsim.ecs.Fleet;
import chatops.cloudsim.ecs.InstanceStatus;
import chatops.cloudsim.seed.Names;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Cloud Assistant of ECS 2014-05-26 on a {@link Fleet}: RunCommand and InvokeCommand with their states per instance, kept commands, files, agents. What a script does is a
 * matter of its {@link Guest}. States follow the clock and are looked up when somebody asks, so it plays with a clock that jumps too. Thread-safe.
 */
public final class CloudAssistant {
  private static final int KEPT = 10_000;
  /** How long a command takes to its instance. */
  private static final Duration DELIVERY = Duration.ofMillis(300);
  /** How long the agent takes to end a script it is told to stop. */
  private static final Duration STOPPING = Duration.ofMillis(500);

  private final Fleet fleet;
  private final Timeline timeline;
  private final InstantSource clock;
  private final Guest guest;
  private final Agents agents;
  private final Map<String, Invocation> invocations = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Invocation> eldest) {
      return size() > KEPT;
    }
  };
  private final Set<Invocation> unfinished = new LinkedHashSet<>();
  private final Map<String, Integer> startsSeen = new HashMap<>();
  private final Map<String, CloudService.Api> apis = new HashMap<>();

  public CloudAssistant(Fleet fleet, Timeline timeline, Names names, Guest guest) {
    this.fleet = fleet;
    this.timeline = timeline;
    this.guest = guest;
    clock = timeline.clock();
    agents = new Agents(fleet, clock);
    KeptCommands commands = new KeptCommands(names, clock);
    put(agents.apis());
    put(commands.apis());
    put(new InvocationRequests(this, commands, names).apis());
    put(new InvocationReports(this).apis());
    put(new FileRequests(this, names).apis());
  }

  private void put(Map<String, CloudService.Api> more) {
    more.forEach((name, api) -> apis.put(name, call -> settled(api, call)));
  }

  private synchronized ObjectNode settled(CloudService.Api api, CloudCall call) {
    settle();
    return api.call(call);
  }

  /** The APIs, for {@link chatops.cloudsim.ecs.Ecs}. */
  public Map<String, CloudService.Api> apis() {
    return Map.copyOf(apis);
  }

  /** The instance has no agent until InstallCloudAssistant and a restart. */
  public synchronized void removeAgent(String instanceId) {
    agents.remove(instanceId);
  }

  /** The agent is there and does not run. */
  public synchronized void stopAgent(String instanceId) {
    agents.stop(instanceId);
  }

  public synchronized void startAgent(String instanceId) {
    agents.go(instanceId);
  }

  /** The next {@code times} commands for the instance meet this trouble instead of running. */
  public synchronized void trouble(String instanceId, Trouble trouble, int times) {
    agents.trouble(instanceId, trouble, times);
  }

  /** Blocks until the scripts of the invocation that are running now have ended: for tests whose guest takes real time. */
  public void await(String invokeId, Duration longest) throws InterruptedException {
    List<Guest.Process> running = new ArrayList<>();
    synchronized (this) {
      settle();
      find(invokeId).orElseThrow().deliveries().forEach(delivery -> {
        Guest.Process process = delivery.last().process;
        if (process != null) {
          running.add(process);
        }
      });
    }
    for (Guest.Process process : running) {
      process.await(longest);
    }
  }

  Fleet fleet() {
    return fleet;
  }

  Instant now() {
    return clock.instant();
  }

  Guest guest() {
    return guest;
  }

  Optional<Invocation> find(String invokeId) {
    return Optional.ofNullable(invocations.get(invokeId));
  }

  List<Invocation> all() {
    return List.copyOf(invocations.values());
  }

  void add(Invocation invocation) {
    invocations.put(invocation.id(), invocation);
    unfinished.add(invocation);
    Instant first = invocation.schedule().first(clock.instant());
    timeline.at(first.plus(DELIVERY), this::look);
  }

  static Instant dueAt(Instant first) {
    return first.plus(DELIVERY);
  }

  private synchronized void look() {
    settle();
  }

  /** Whether the instance can be given anything to do; counts as one contact with its agent. */
  Trouble unfit(String instanceId) {
    return agents.unfit(instanceId, fleet.sight(instanceId));
  }

  /** Takes all that is due by now; the caller holds this monitor. */
  private void settle() {
    Instant now = clock.instant();
    for (Invocation invocation : unfinished) {
      for (Delivery delivery : invocation.deliveries()) {
        if (!delivery.status().isFinal()) {
          settle(invocation, delivery, now);
        }
      }
    }
    unfinished.removeIf(invocation ->
        invocation.deliveries().stream().allMatch(delivery -> delivery.status().isFinal()));
  }

  private void settle(Invocation invocation, Delivery delivery, Instant now) {
    Optional<Fleet.Sight> instance = fleet.sight(delivery.instanceId);
    Run run = delivery.last();
    if (run.status == RunStatus.PENDING || run.status == RunStatus.SCHEDULED) {
      if (isDue(delivery, instance, now)) {
        begin(invocation, delivery, instance, now);
      }
    }
    if (run.status == RunStatus.STOPPING
        && run.stoppedAt != null
        && !now.isBefore(run.stoppedAt.plus(STOPPING))) {
      run.status = RunStatus.TERMINATED;
      run.finishedAt = run.stoppedAt;
      return;
    }
    if (run.status == RunStatus.RUNNING) {
      ending(delivery, run, instance, now).ifPresent(ending -> {
        run.end(ending);
        again(invocation, delivery, run, instance);
      });
    }
  }

  private static boolean isDue(Delivery delivery, Optional<Fleet.Sight> instance, Instant now) {
    if (delivery.dueAt != null) {
      return !now.isBefore(delivery.dueAt);
    }
    return instance.isEmpty()
        || instance.get().starts() > delivery.startsSeen
            && instance.get().status() == InstanceStatus.RUNNING;
  }

  private void begin(
      Invocation invocation, Delivery delivery, Optional<Fleet.Sight> instance, Instant now) {
    Run run = delivery.last();
    Trouble trouble = agents.unfit(delivery.instanceId, instance);
    if (trouble == Trouble.NONE
        && instance.orElseThrow().isWindows()
            == invocation.command().type().equals(CommandDefinition.SHELL)) {
      trouble = Trouble.COMMAND_NOT_APPLICABLE;
    }
    if (trouble != Trouble.NONE) {
      run.end(Ending.of(trouble, "", now));
      again(invocation, delivery, run, instance);
      return;
    }
    Fleet.Sight there = instance.orElseThrow();
    Integer seen = startsSeen.put(there.id(), there.starts());
    if (seen != null && seen != there.starts()) {
      guest.halt(there.id());
    }
    Guest.Process process = guest.start(there, script(invocation, there));
    run.begin(process, there, now);
    Instant latest = now.plus(invocation.command().timeout()).plus(STOPPING);
    timeline.at(process.endsAt().orElse(latest), this::look);
  }

  private static Script script(Invocation invocation, Fleet.Sight instance) {
    CommandDefinition command = invocation.command();
    String content = command.content();
    if (command.enableParameter()) {
      content = CustomParameters.fill(
          content,
          invocation.parameters(),
          Map.of(
              "ACS::RegionId", instance.region(),
              "ACS::AccountId", invocation.accountId(),
              "ACS::InstanceId", instance.id(),
              "ACS::InstanceName", instance.name(),
              "ACS::InvokeId", invocation.id(),
              "ACS::CommandId", invocation.commandId()));
    }
    return new Script(
        invocation.id(),
        command.type(),
        content,
        command.workingDir(),
        invocation.username(),
        command.timeout(),
        invocation.killsTree());
  }

  private Optional<Ending> ending(
      Delivery delivery, Run run, Optional<Fleet.Sight> instance, Instant now) {
    Guest.Process process = run.process;
    if (process == null) {
      return Optional.empty();
    }
    Optional<Ending> ended = process.ended(now);
    if (ended.isPresent()) {
      return ended;
    }
    if (instance.isEmpty()) {
      process.stop();
      guest.release(delivery.instanceId);
      return Optional.of(Ending.of(Trouble.INSTANCE_RELEASED, "", now));
    }
    if (run.isInterrupted(instance.get(), instance.get().status() == InstanceStatus.RUNNING)) {
      process.stop();
      return Optional.of(Ending.of(Trouble.EXECUTION_INTERRUPTED, "", now));
    }
    return Optional.empty();
  }

  /** A repeated command waits for its next time, unless its instance is gone. */
  private void again(
      Invocation invocation, Delivery delivery, Run run, Optional<Fleet.Sight> instance) {
    if (instance.isEmpty()) {
      return;
    }
    if (invocation.schedule().mode() == Schedule.Mode.EVERY_REBOOT) {
      delivery.again(null, instance.get().starts());
      return;
    }
    Instant last = delivery.dueAt;
    if (last != null) {
      invocation.schedule().next(last).ifPresent(next -> {
        Instant due = next;
        while (run.finishedAt != null && due.isBefore(run.finishedAt)) {
          due = invocation.schedule().next(due).orElseThrow();
        }
        delivery.again(due, instance.get().starts());
        timeline.at(due, this::look);
      });
    }
  }

  static CloudException notFound() {
    return new CloudException(
        404, "InvalidInstance.NotFound", "The specified instances do not exist.");
  }
}
