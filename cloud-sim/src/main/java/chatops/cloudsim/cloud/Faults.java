package chatops.cloudsim.cloud;

import chatops.cloudsim.seed.Names;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The faults that are switched on. A rule names a service and an API ({@code *} for any), a share of calls and how many calls it may hit; the first rule that hits
 * decides. Switchable at run time; thread-safe.
 */
public final class Faults {
  /** One switched-on fault as shown to people. */
  public record Rule(String service, String api, Fault fault, double share, int remaining) {}

  private final Names names;
  private final InstantSource clock;
  private final List<Rule> rules = new ArrayList<>();
  private final Map<Fault.Limit, Span> spans = new IdentityHashMap<>();

  /** One span of a limit: which, and how many calls it has taken. */
  private record Span(long number, int calls) {}

  /** @param clock by which limits count */
  public Faults(Names names, InstantSource clock) {
    this.names = names;
    this.clock = clock;
  }

  /** Hits the next {@code times} matching calls. */
  public void next(int times, String service, String api, Fault fault) {
    add(new Rule(service, api, fault, 1, times));
  }

  /** Hits each matching call with probability {@code share} until cleared. */
  public void share(double share, String service, String api, Fault fault) {
    add(new Rule(service, api, fault, share, Integer.MAX_VALUE));
  }

  /** Takes so many matching calls in each span of time and throttles the others, until cleared. */
  public void limit(int calls, Duration per, String service, String api) {
    share(1, service, api, new Fault.Limit(calls, per));
  }

  public synchronized void clear() {
    rules.clear();
    spans.clear();
  }

  public synchronized List<Rule> rules() {
    return List.copyOf(rules);
  }

  /** The faults that hit this call: any delays, and at most one other. */
  public synchronized List<Fault> hit(String service, String api) {
    List<Fault> hits = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      boolean matches = matches(rule.service(), service) && matches(rule.api(), api);
      boolean isDelay = rule.fault() instanceof Fault.Delay;
      boolean taken = !isDelay && hits.stream().anyMatch(hit -> !(hit instanceof Fault.Delay));
      if (matches && !taken && rule.fault() instanceof Fault.Limit limit) {
        if (!passes(limit)) {
          hits.add(Fault.throttle());
        }
      } else if (matches && !taken && (rule.share() >= 1 || names.fraction() < rule.share())) {
        hits.add(rule.fault());
        rules.set(
            i,
            new Rule(
                rule.service(), rule.api(), rule.fault(), rule.share(), spent(rule.remaining())));
      }
    }
    rules.removeIf(rule -> rule.remaining() == 0);
    return hits;
  }

  private boolean passes(Fault.Limit limit) {
    long number = clock.instant().toEpochMilli() / limit.per().toMillis();
    Span span = spans.get(limit);
    int calls = span == null || span.number() != number ? 0 : span.calls();
    spans.put(limit, new Span(number, Math.min(calls + 1, limit.calls())));
    return calls < limit.calls();
  }

  private synchronized void add(Rule rule) {
    rules.add(rule);
  }

  private static int spent(int remaining) {
    return remaining == Integer.MAX_VALUE ? remaining : remaining - 1;
  }

  private static boolean matches(String pattern, String name) {
    return pattern.equals("*") || pattern.equalsIgnoreCase(name);
  }
}
