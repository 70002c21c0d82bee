package chatops.cloudsim;

import chatops.cloudsim.assistant.CloudAssistant;
import chatops.cloudsim.assistant.Guest;
import chatops.cloudsim.assistant.PlayedGuest;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.clock.Timeline;
import chatops.cloudsim.cloud.CallLog;
import chatops.cloudsim.cloud.Faults;
import chatops.cloudsim.cloud.SimulatedCloud;
import chatops.cloudsim.ecs.Ecs;
import chatops.cloudsim.ecs.Fleet;
import chatops.cloudsim.ecs.Pace;
import chatops.cloudsim.ess.AutoScaling;
import chatops.cloudsim.ess.Ess;
import chatops.cloudsim.ess.HookNotices;
import chatops.cloudsim.eventbridge.EventBus;
import chatops.cloudsim.fc.FunctionCompute;
import chatops.cloudsim.identity.Identities;
import chatops.cloudsim.mns.MessageService;
import chatops.cloudsim.oss.Oss;
import chatops.cloudsim.seed.Names;
import chatops.cloudsim.sts.Sts;
import chatops.cloudsim.tablestore.Limits;
import chatops.cloudsim.tablestore.Tablestore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * One simulated account without a transport: its services on one clock, from one seed. With a {@link SettableClock} and functions that run in this process, a whole year passes
 * in one thread. Thread-safe.
 */
public final class CloudCore {
  private final InstantSource clock;
  private final Names names;
  private final Timeline timeline;
  private final Identities identities;
  private final Fleet fleet;
  private final CloudAssistant assistant;
  private final Oss oss;
  private final SimulatedCloud cloud;
  private final FunctionCompute functions;
  private final Tablestore tablestore;
  private final MessageService messages;
  private final EventBus bus;
  private final AutoScaling scaling;

  public CloudCore(InstantSource clock, long seed, String accountId, Pace pace) {
    this(
        clock,
        clock,
        seed,
        accountId,
        pace,
        Limits.REAL,
        new PlayedGuest(clock, "this simulation runs no scripts"));
  }

  CloudCore(
      InstantSource clock,
      InstantSource wallClock,
      long seed,
      String accountId,
      Pace pace,
      Limits tablestoreLimits,
      Guest guest) {
    this.clock = clock;
    names = new Names(seed);
    timeline = new Timeline(clock);
    identities = new Identities(accountId, clock, names);
    fleet = new Fleet(clock, names, pace);
    CallLog log = new CallLog(clock);
    Faults faults = new Faults(names, clock);
    oss = new Oss(clock);
    assistant = new CloudAssistant(fleet, timeline, names, guest);
    functions = new FunctionCompute(CloudSim.REGION, identities, timeline, names, log);
    messages = new MessageService(accountId, timeline, wallClock, names, functions);
    bus = new EventBus(accountId, CloudSim.REGION, timeline, names, functions);
    scaling = new AutoScaling(
        accountId, fleet, timeline, names, pace, new HookNotices(accountId, messages, bus));
    cloud = new SimulatedCloud(
        List.of(
            new Ecs(fleet, assistant.apis()),
            new Sts(identities, names),
            new Ess(scaling, accountId)),
        names,
        log,
        faults);
    tablestore = new Tablestore(identities, clock, names, faults, tablestoreLimits);
  }

  /** Users, roles and sessions. */
  public Identities identities() {
    return identities;
  }

  /** The ECS instances. */
  public Fleet fleet() {
    return fleet;
  }

  /** Cloud Assistant: the instances' agents and what they run. */
  public CloudAssistant assistant() {
    return assistant;
  }

  /** OSS: buckets and objects. */
  public Oss oss() {
    return oss;
  }

  /** One call in, one reply out; with the call log and the faults. */
  public SimulatedCloud cloud() {
    return cloud;
  }

  /** Function Compute: functions, timers and the queue. */
  public FunctionCompute functions() {
    return functions;
  }

  public Tablestore tablestore() {
    return tablestore;
  }

  /** Auto Scaling: make groups and hooks here, and let them scale. */
  public AutoScaling scaling() {
    return scaling;
  }

  /** MNS: topics and queues. */
  public MessageService messages() {
    return messages;
  }

  /** EventBridge's default bus. */
  public EventBus bus() {
    return bus;
  }

  Names names() {
    return names;
  }

  Timeline timeline() {
    return timeline;
  }

  /** Moves the settable clock on and runs what falls due on the way, on the caller's thread; returns how much ran. */
  public int advance(Duration duration) {
    if (!(clock instanceof SettableClock settable)) {
      throw new IllegalStateException(
          "only a simulator built with a SettableClock can be advanced");
    }
    return timeline.advance(settable, duration);
  }
}
