package chatops.cloudsim.cloud;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What was asked of the simulated cloud and the chats, in order; the newest 20,000 are kept. Secrets are masked before they are kept. Thread-safe. */
public final class CallLog {
  private static final int KEPT = 20_000;
  private static final String MASK = "***";
  private static final Set<String> HARMLESS = Set.of(
      "clienttoken",
      "nexttoken",
      "lifecycleactiontoken",
      "signaturemethod",
      "signatureversion",
      "keypairname");
  private static final List<String> SECRET = List.of(
      "password",
      "secret",
      "token",
      "signature",
      "sign",
      "authorization",
      "userdata",
      "commandcontent",
      "accesskey");

  private final InstantSource clock;
  private final Deque<CallRecord> records = new ArrayDeque<>();
  private long number;

  public CallLog(InstantSource clock) {
    this.clock = clock;
  }

  /** Keeps one record; {@code parameters} are masked here. */
  public synchronized void add(
      String caller,
      String service,
      String api,
      String region,
      Map<String, String> parameters,
      int status,
      String code,
      String requestId,
      Duration latency) {
    if (records.size() == KEPT) {
      records.removeFirst();
    }
    records.add(new CallRecord(
        ++number,
        clock.instant(),
        caller,
        service,
        api,
        region,
        masked(parameters),
        status,
        code,
        requestId,
        latency));
  }

  public synchronized List<CallRecord> records() {
    return List.copyOf(records);
  }

  /** Records newer than {@code afterNumber}, for a page that polls. */
  public synchronized List<CallRecord> since(long afterNumber) {
    return records.stream().filter(record -> record.number() > afterNumber).toList();
  }

  public List<CallRecord> of(String service, String api) {
    return records().stream()
        .filter(record -> record.service().equals(service) && record.api().equals(api))
        .toList();
  }

  static Map<String, String> masked(Map<String, String> parameters) {
    Map<String, String> masked = new TreeMap<>();
    parameters.forEach((name, value) -> masked.put(name, isSecret(name) ? MASK : value));
    return masked;
  }

  private static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !HARMLESS.contains(lower) && SECRET.stream().anyMatch(lower::contains);
  }
}
