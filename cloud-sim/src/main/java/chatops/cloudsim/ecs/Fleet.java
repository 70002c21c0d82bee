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
  /** What a test may want to know of an instance without an API call. */
  public record Sight(
      String id,
      String name,
      String region,
      InstanceStatus status,
      Instant startedAt,
      int starts) {}

  private final Map<String, Instance> instances = new LinkedHashMap<>();
  private final InstantSource clock;
  private final Names names;
  private final Pace pace;
  private int addresses;

  public Fleet(InstantSource clock, Names names, Pace pace) {
    this.clock = clock;
    this.names = names;
    this.pace = pace;
  }

  /** Adds an instance and answers its id; a pending one becomes Running in its time. */
  public synchronized String launch(InstanceSpec spec) {
    String id = spec.id == null ? "i-bp1" + names.word(17) : spec.id;
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

  public synchronized Sight look(String id) {
    return find(id, "")
        .map(it -> new Sight(it.id, it.name, it.region, it.status, it.startedAt, it.starts))
        .orElseThrow(() -> new IllegalArgumentException("no instance " + id + " in the fleet"));
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
