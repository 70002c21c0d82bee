package chatops.cloudsim.ecs;

import chatops.cloudsim.seed.Names;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** All instances of the account. Tests and demos launch instances here and look at them; the APIs work on the same ones. Thread-safe. */
public final class Fleet {
  /**
   * What can be seen of an instance without an API call.
   *
   * @param osType {@code linux} or {@code windows}
   * @param osName as DescribeInstances spells it
   * @param starts how often it became Running after its launch
   */
  public record Sight(
      String id,
      String name,
      String region,
      InstanceStatus status,
      Instant startedAt,
      int starts,
      String osType,
      String osName,
      String instanceType,
      String privateIp,
      boolean vpc,
      Map<String, String> tags) {
    static Sight of(Instance it) {
      return new Sight(
          it.id,
          it.name,
          it.region,
          it.status,
          it.startedAt,
          it.starts,
          it.osType,
          it.osName,
          it.instanceType,
          it.privateIp,
          it.vpc,
          Map.copyOf(it.tags));
    }

    public boolean isWindows() {
      return osType.equals("windows");
    }
  }

  private final Map<String, Instance> instances = new LinkedHashMap<>();
  private final InstantSource clock;
  private final Names names;
  private final Names ids;
  private final Pace pace;
  private int addresses;

  public Fleet(InstantSource clock, Names names, Pace pace) {
    this.clock = clock;
    this.names = names;
    // a call that is made once more, and gets one more request id, does not change what is launched
    // next
    this.ids = names.apart("instances");
    this.pace = pace;
  }

  /** Adds an instance and answers its id; a pending one becomes Running in its time. */
  public synchronized String launch(InstanceSpec spec) {
    String id = spec.id == null ? "i-bp1" + ids.word(17) : spec.id;
    if (instances.containsKey(id)) {
      throw new IllegalArgumentException("instance " + id + " exists already; give another id");
    }
    addresses++;
    String address = "192.168." + addresses / 250 + "." + (addresses % 250 + 1);
    String mac = "00:16:3e:%02x:%02x:%02x"
        .formatted(addresses >> 16 & 255, addresses >> 8 & 255, addresses & 255);
    Instance instance = new Instance(
        spec, id, spec.privateIp == null ? address : spec.privateIp, mac, clock.instant());
    instances.put(id, instance);
    if (spec.status == InstanceStatus.PENDING) {
      instance.change(InstanceStatus.PENDING, InstanceStatus.RUNNING, after(pace.create()));
    }
    return id;
  }

  /** Launches {@code count} instances named {@code prefix01}, {@code prefix02}, … after the same plan. */
  public List<String> launch(int count, String prefix, Function<InstanceSpec, InstanceSpec> plan) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            number -> launch(plan.apply(InstanceSpec.named("%s%02d".formatted(prefix, number)))))
        .toList();
  }

  /** Takes an instance away, as Auto Scaling does with what it made; nothing happens where it is gone already. */
  public synchronized void release(String id) {
    instances.remove(id);
  }

  public synchronized Sight look(String id) {
    return sight(id)
        .orElseThrow(() -> new IllegalArgumentException("no instance " + id + " in the fleet"));
  }

  /** The instance as of now, in whichever region; empty when there is none. */
  public synchronized Optional<Sight> sight(String id) {
    return find(id, "").map(Sight::of);
  }

  /** All instances of a region as of now. */
  public synchronized List<Sight> sights(String region) {
    return in(region).stream().map(Sight::of).toList();
  }

  public synchronized List<String> ids() {
    return List.copyOf(instances.keySet());
  }

  Instant now() {
    return clock.instant();
  }

  Pace pace() {
    return pace;
  }

  Instant after(Duration typical) {
    return clock.instant().plus(typical).plusMillis((long)
        (names.fraction() * pace.jitter().toMillis()));
  }

  /** The instance as of now; the caller holds this fleet's monitor. An empty region means any. */
  Optional<Instance> find(String id, String region) {
    Instance instance = instances.get(id);
    if (instance == null || (!region.isEmpty() && !instance.region.equals(region))) {
      return Optional.empty();
    }
    instance.settle(clock.instant());
    return Optional.of(instance);
  }

  /** All instances of the region as of now; the caller holds this fleet's monitor. */
  List<Instance> in(String region) {
    Instant now = clock.instant();
    return instances.values().stream()
        .filter(instance -> instance.region.equals(region))
        .peek(instance -> instance.settle(now))
        .toList();
  }

  void remove(Instance instance) {
    instances.remove(instance.id);
  }
}
