package chatops.cloudsim.tablestore;

import chatops.cloudsim.cloud.Fault;
import chatops.cloudsim.cloud.Faults;
import chatops.cloudsim.http.WebReply;
import chatops.cloudsim.identity.Identities;
import chatops.cloudsim.identity.Principal;
import chatops.cloudsim.seed.Names;
import com.alicloud.openservices.tablestore.core.protocol.OtsInternalApi;
import com.aliyun.ots.thirdparty.com.google.protobuf.InvalidProtocolBufferException;
import com.aliyun.ots.thirdparty.com.google.protobuf.Message;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A simulated Tablestore without a transport: action, headers and body in, status, headers and body out. Thread-safe.
 *
 * <p>Faults go by service {@value #SERVICE} and the action's name; {@code BatchWriteRow.row} and {@code BatchGetRow.row}
 * hit single rows of a batch, where a lost reply cuts the batch off after that row.
 */
public final class Tablestore {
  public static final String SERVICE = "Tablestore";

  private interface Action {
    Message answer(byte[] body) throws InvalidProtocolBufferException;
  }

  private record Instance(Tables tables, Map<String, Action> actions) {}

  private final InstantSource clock;
  private final Names names;
  private final Faults faults;
  private final Limits limits;
  private final Seal seal;
  private final Map<String, Instance> instances = new ConcurrentHashMap<>();
  private volatile @Nullable Refusal lostReply;
  private final Map<String, AtomicLong> calls = new ConcurrentHashMap<>();

  public Tablestore(
      Identities identities, InstantSource clock, Names names, Faults faults, Limits limits) {
    this.clock = clock;
    this.names = names;
    this.faults = faults;
    this.limits = limits;
    this.seal = new Seal(identities);
  }

  /** Makes an empty instance; calls to an instance that was never made are refused. */
  public void instance(String name) {
    Tables tables = new Tables(clock);
    RowCalls rows = new RowCalls(tables, clock, limits);
    BatchCalls batches = new BatchCalls(rows, this::first);
    instances.put(
        name,
        new Instance(
            tables,
            Map.ofEntries(
                Map.entry("CreateTable", tables::create),
                Map.entry("ListTable", body -> tables.list()),
                Map.entry("DescribeTable", tables::describe),
                Map.entry("DeleteTable", tables::delete),
                Map.entry("PutRow", rows::put),
                Map.entry("UpdateRow", rows::update),
                Map.entry("DeleteRow", rows::delete),
                Map.entry("GetRow", rows::get),
                Map.entry("GetRange", rows::range),
                Map.entry("BatchGetRow", batches::get),
                Map.entry("BatchWriteRow", batches::write))));
  }

  /** From now on a new table of this instance refuses rows for so long. */
  public void tablesReadyAfter(String instance, Duration delay) {
    known(instance).tables().readyAfter(delay);
  }

  /** From now on a lost reply is not dropped but answered with this error; the call took effect all the same. */
  public void answerLostReplies(int status, String code) {
    lostReply = new Refusal(status, code, code);
  }

  /** Rows of one table now. */
  public int rows(String instance, String table) {
    return known(instance).tables().size(table);
  }

  /** How often each action was called so far, refused calls included. */
  public Map<String, Long> calls() {
    Map<String, Long> counted = new TreeMap<>();
    calls.forEach((action, count) -> counted.put(action, count.get()));
    return counted;
  }

  /**
   * Answers one call.
   *
   * @param headers names in lower case
   */
  public WebReply handle(String action, Map<String, String> headers, byte[] body) {
    calls.computeIfAbsent(action, first -> new AtomicLong()).incrementAndGet();
    Duration delay = Duration.ZERO;
    boolean lost = false;
    @Nullable Principal caller = null;
    try {
      caller = seal.caller(action, headers, body);
      for (Fault fault : faults.hit(SERVICE, action)) {
        if (fault instanceof Fault.Delay slow) delay = delay.plus(slow.by());
        if (fault instanceof Fault.LostReply) lost = true;
        if (fault instanceof Fault.Unavailable) return gatewayPage(delay);
        if (fault instanceof Fault.Refuse refuse) {
          throw new Refusal(refuse.status(), refuse.code(), refuse.message());
        }
      }
      Message answer = answered(action, headers, body, caller);
      Refusal told = lost ? lostReply : null;
      return told == null
          ? reply(action, 200, answer.toByteArray(), caller, delay, lost)
          : reply(action, told.status(), error(told), caller, delay, false);
    } catch (Refusal refusal) {
      return reply(action, refusal.status(), error(refusal), caller, delay, lost);
    } catch (BatchCalls.CutOff cutOff) {
      return reply(action, 200, new byte[0], caller, delay, true);
    }
  }

  private static byte[] error(Refusal refusal) {
    return OtsInternalApi.Error.newBuilder()
        .setCode(refusal.code())
        .setMessage(refusal.text())
        .build()
        .toByteArray();
  }

  private Message answered(
      String action, Map<String, String> headers, byte[] body, Principal caller) {
    if (body.length > Limits.BODY_BYTES) {
      throw new Refusal(413, "OTSRequestBodyTooLarge", "The size of POST data is too large.");
    }
    String name = String.valueOf(headers.get("x-ots-instancename"));
    Instance instance = instances.get(name);
    if (instance == null) {
      throw Refusal.noAuthority("The instance is not found.");
    }
    if (!caller.mayCall(
        "ots:" + action, "acs:ots:*:" + caller.accountId() + ":instance/" + name + "/table/*")) {
      throw new Refusal(
          403,
          "OTSNoPermissionAccess",
          "You have no permission to access the requested resource, please contact the resource owner.");
    }
    Action known = instance.actions().get(action);
    if (known == null) throw Refusal.unsupported("action " + action);
    try {
      return known.answer(body);
    } catch (InvalidProtocolBufferException damaged) {
      throw Refusal.invalid("Failed to parse the ProtoBuf message: " + damaged.getMessage());
    }
  }

  private @Nullable Fault first(String api) {
    for (Fault fault : faults.hit(SERVICE, api)) {
      if (!(fault instanceof Fault.Delay)) return fault;
    }
    return null;
  }

  private Instance known(String name) {
    Instance instance = instances.get(name);
    if (instance == null) {
      throw new IllegalArgumentException(
          "no Tablestore instance '" + name + "'; there are " + instances.keySet());
    }
    return instance;
  }

  private WebReply reply(
      String action,
      int status,
      byte[] body,
      @Nullable Principal caller,
      Duration delay,
      boolean lost) {
    Map<String, String> headers =
        seal.answered(action, names.requestId(), clock.instant().toString(), body, caller);
    return new WebReply(status, List.copyOf(headers.entrySet()), body, delay, lost);
  }

  /** What stands in front of the service answers while a partition moves: no request id, no message of the service. */
  private static WebReply gatewayPage(Duration delay) {
    String page = "<html><body>503 Service Temporarily Unavailable</body></html>";
    return WebReply.of(503, "text/html", page).after(delay);
  }
}
