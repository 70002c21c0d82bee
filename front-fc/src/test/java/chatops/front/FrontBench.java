package chatops.front;

import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import chatops.chat.link.LinkKey;
import chatops.chat.reply.Seal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A whole Front with a scripted Execution behind it and a clock of its own; spoken to by HTTP-trigger events. */
public final class FrontBench {
  public static final String SEAL_KEYS = "k1:" + key();
  public static final String SLACK_SECRET = "chatops-test-signing-secret";
  public static final String DINGTALK_SECRET = "this-is-a-test-secret";
  public static final String ORIGIN = "https://chatops.example.com";
  public static final String RIGHTS = """
      {"version":1,"language":"en","account":"1",
       "regions":{"default":"cn-hangzhou","allowed":["cn-hangzhou","cn-beijing"]},
       "roles":{"default":"R","allowed":{"R":"acs:ram::1:role/R"}},
       "slack":{"workspaces":["T0001","E0001/T0001"],"apps":["A123456"]},
       "dingtalk":{"corporations":["dingcorp0001"]},
       "groups":{"operators":["slack:E0001/T0001/U2147483697","slack:T0001/U1","dingtalk:dingcorp0001/staff01"]},
       "people":{"slack:T0001/U3":{"language":"zh"},"slack:T0001/U4":{"language":"ja"}},
       "channels":{},
       "rights":[{"who":["group:operators"],"where":["slack:E0001/T0001/C2147483705","slack:T0001/C1","dingtalk:dingcorp0001/*"],
         "commands":["ecs status","ecs start","oos run","oos show"],"templates":["ECS-*"],"regions":["cn-hangzhou"]}],
       "approvals":{"bearerLinks":true,"approvers":["slack:T0001/U2"]},
       "outbound":{"hosts":["hooks.slack.com"]}}
      """;

  public final ScriptedExecution execution = new ScriptedExecution();
  public final SettableClock clock = new SettableClock(Instant.ofEpochSecond(1_760_000_000));
  public final List<String> log = new ArrayList<>();
  public final LinkKey linkKey = new LinkKey(key());
  public final Seal seal = new Seal("k1:" + key());
  public final Map<String, String> environment = new LinkedHashMap<>();
  /** What the event says besides the Host header. */
  public String domain = "";

  private final FrontHandler handler;

  /** One reply. */
  public record Answer(int status, Map<String, String> headers, String body) {
    public JsonObject json() {
      return JsonReader.object(body.getBytes(StandardCharsets.UTF_8));
    }
  }

  public FrontBench(Path folder) {
    this(folder, RIGHTS, Map.of());
  }

  public FrontBench(Path folder, String rights, Map<String, String> more) {
    environment.putAll(environment(folder, rights));
    environment.putAll(more);
    handler = new FrontHandler(environment, (settings, keys) -> execution, clock, log::add);
  }

  static Map<String, String> environment(Path folder, String rights) {
    Path file = folder.resolve("rights.json");
    try {
      // two test processes may have the same folder, and neither may read half of what the other
      // writes
      Path whole = Files.createTempFile(folder, "rights", ".json");
      Files.writeString(whole, rights);
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("SLACK_SIGNING_SECRET", SLACK_SECRET);
    environment.put("DINGTALK_APP_SECRET", DINGTALK_SECRET);
    environment.put("CHATOPS_SEAL_KEYS", SEAL_KEYS);
    environment.put("CHATOPS_LINK_KEY", key());
    environment.put("CHATOPS_RIGHTS", file.toString());
    environment.put("CHATOPS_URL", ORIGIN);
    environment.put("EXECUTION_FUNCTION", "chatops-execution");
    environment.put("FC_ENDPOINT", "http://127.0.0.1:9");
    return environment;
  }

  public Answer send(
      String method, String path, Map<String, String> headers, byte[] body, boolean base64) {
    int query = path.indexOf('?');
    Map<String, Object> parameters = new LinkedHashMap<>();
    if (query >= 0) {
      for (String pair : path.substring(query + 1).split("&", -1)) {
        parameters.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
      }
    }
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("version", "v1");
    event.put("rawPath", query < 0 ? path : path.substring(0, query));
    event.put("headers", headers);
    event.put("queryParameters", parameters);
    event.put(
        "body",
        base64
            ? Base64.getEncoder().encodeToString(body)
            : new String(body, StandardCharsets.UTF_8));
    event.put("isBase64Encoded", base64);
    event.put(
        "requestContext",
        Map.of("domainName", domain, "http", Map.of("method", method, "path", path)));
    return raw(JsonWriter.bytes(event));
  }

  /** Any bytes as an event. */
  public Answer raw(byte[] event) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(new ByteArrayInputStream(event), out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    JsonObject output = JsonReader.object(out.toByteArray());
    return new Answer(
        (int) output.number("statusCode"), output.textMap("headers"), output.text("body"));
  }

  public Answer get(String path) {
    return send("GET", path, Map.of("Host", "chatops.example.com"), new byte[0], false);
  }

  static String key() {
    return Base64.getEncoder().encodeToString(new byte[32]);
  }
}
