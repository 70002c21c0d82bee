package chatops.local.security;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.fc.FunctionClient;
import chatops.chat.handover.HandOver;
import chatops.chat.handover.HandOverJson;
import chatops.chat.json.JsonWriter;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.reply.Seal;
import chatops.chat.url.UrlGuard;
import chatops.chat.url.UrlRefusedException;
import chatops.engine.testkit.World;
import chatops.execution.notify.GuardedOutbound;
import chatops.front.FrontHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * More than five hundred addresses that want to reach what they may not, through every field in which somebody else can name one: the
 * reply addresses of both chats, and all that templates send to. None may be asked for a name, or connected to, that the field does
 * not allow.
 */
class ForgedAddressesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SLACK_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final String DINGTALK_SECRET = "this-is-a-test-secret";
  private static final String SEAL_KEYS = "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  private static final String SEND = """
      FormatVersion: OOS-2019-06-01
      Parameters: {urls: {Type: Json}}
      Tasks:
        - Name: each
          Action: ACS::Loop
          Properties:
            LoopItems: '{{ urls }}'
            LoopRateControl: {Mode: Concurrency, Concurrency: 50, MaxErrors: 100%}
            LoopTasks:
              - {Name: ask, Action: ACS::ExecuteHttpRequest, OnError: tell, Properties: {URL: '{{ ACS::TaskLoopItem }}', Method: GET}}
              - {Name: tell, Action: ACS::Notify, Properties: {NotifyType: WebHook, WebHook: {URI: '{{ ACS::TaskLoopItem }}', Content: {msgtype: text, text: {content: x}}}}}
      """;

  @TempDir
  Path folder = Path.of("");

  private static List<String> payloads(String host) throws IOException {
    List<String> payloads = new ArrayList<>();
    try (InputStream in = ForgedAddressesTest.class.getResourceAsStream("addresses.txt")) {
      if (in == null) {
        throw new IOException("addresses.txt is missing");
      }
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (!line.startsWith("# ")) {
          payloads.add(written(line)
              .replace("{host}", host)
              .replace("{HOST_UPPER}", host.toUpperCase(Locale.ROOT)));
        }
      }
    }
    assertThat(payloads).hasSizeGreaterThan(500);
    return payloads;
  }

  private static String written(String line) {
    if (line.equals("\\empty")) {
      return "";
    }
    String plain = Pattern.compile("\\\\u([0-9a-f]{4})")
        .matcher(line.replace("\\long", "a".repeat(9000)))
        .replaceAll(code -> String.valueOf((char) Integer.parseInt(code.group(1), 16)));
    return plain.translateEscapes();
  }

  /** Asks nobody, and remembers which names it was asked for. */
  private static final class Names implements UrlGuard.Resolver {
    private final TreeSet<String> asked = new TreeSet<>();

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      asked.add(host.toLowerCase(Locale.ROOT));
      throw new UnknownHostException(host);
    }
  }

  @Test
  void the_guard_asks_for_no_name_but_the_allowed_ones() throws IOException {
    for (String host : List.of("hooks.slack.com", "oapi.dingtalk.com", "x.example.com")) {
      Names names = new Names();
      UrlGuard guard = new UrlGuard(List.of(host), false, names);
      int refused = 0;
      for (String payload : payloads(host)) {
        try {
          guard.check(payload);
        } catch (UrlRefusedException e) {
          refused++;
        } catch (IOException asked) {
          assertThat(names.asked).as(payload).containsOnly(host);
        }
      }
      assertThat(refused).isGreaterThan(480);
    }
  }

  @Test
  void an_allowed_name_that_leads_inside_is_refused_for_every_payload() throws IOException {
    for (String inside : List.of("127.0.0.1", "100.100.100.200", "10.1.2.3", "::1", "fe80::1")) {
      UrlGuard guard = new UrlGuard(List.of("oapi.dingtalk.com", "*.dingtalk.com"), false, host ->
          new InetAddress[] {InetAddress.getByName(inside)});
      for (String payload : payloads("oapi.dingtalk.com")) {
        try {
          assertThat(guard.check(payload)).as(payload + " at " + inside).isNull();
        } catch (UrlRefusedException refused) {
          // as it must be
        }
      }
    }
  }

  @Test
  void no_template_reaches_what_its_configuration_does_not_allow() throws IOException {
    Names names = new Names();
    GuardedOutbound outbound = new GuardedOutbound(
        new UrlGuard(List.of("oapi.dingtalk.com"), false, names), "", () -> NOW);
    List<String> all = payloads("oapi.dingtalk.com").stream()
        .filter(url -> url.length() < 2000)
        .toList();
    for (int from = 0; from < all.size(); from += 120) {
      ArrayNode urls = JSON.createArrayNode();
      all.subList(from, Math.min(all.size(), from + 120)).forEach(urls::add);
      World world = new World().template("all", SEND);
      world.peer = outbound::send;

      world.run("all", JSON.createObjectNode().set("urls", urls).toString());

      assertThat(world.drive().endedAt()).as(world.view().statusMessage()).isNotNull();
      assertThat(world.engine().tasks(World.ID).stream().filter(t -> t.name().equals("tell")))
          .hasSize(urls.size());
    }
    assertThat(names.asked).containsExactly("oapi.dingtalk.com");
    for (int i = 0; i < all.size(); i += 10) {
      World asking = new World().template("approve", """
          FormatVersion: OOS-2019-06-01
          Parameters: {url: {Type: String}}
          Tasks: [{Name: it, Action: ACS::Approve, Properties: {NotifyType: WebHook, WebHook: {URI: '{{ url }}', Content: {msgtype: text, text: {content: x}}}}}]
          """);
      asking.peer = outbound::send;
      asking.run("approve", JSON.createObjectNode().put("url", all.get(i)).toString());
    }
    assertThat(names.asked).containsExactly("oapi.dingtalk.com");
  }

  @Test
  void no_chat_message_sends_an_answer_elsewhere() throws Exception {
    List<HandOver> messages = new ArrayList<>();
    FrontHandler front = front(messages);
    Seal seal = new Seal(SEAL_KEYS);
    int number = 0;
    for (String payload : payloads("hooks.slack.com")) {
      call(front, slack("/slack/command", command(payload, number)));
      call(front, slack("/slack/interactive", click(payload, number++)));
    }
    for (String payload : payloads("oapi.dingtalk.com")) {
      call(front, dingtalk(payload, number++));
    }

    assertThat(messages).isNotEmpty();
    for (HandOver message : messages) {
      ReplyAddress address = message instanceof HandOver.Run run
          ? seal.open(run.reply(), run.executionId(), run.place().platform())
          : seal.open(
              ((HandOver.Decide) message).reply(),
              ((HandOver.Decide) message).executionId(),
              ((HandOver.Decide) message).place().platform());
      String host = switch (address.platform()) {
        case SLACK -> "hooks.slack.com";
        case DINGTALK, WEB, CLI -> "oapi.dingtalk.com";
      };
      if (!address.url().isEmpty()) {
        Names names = new Names();
        try {
          new UrlGuard(List.of(host), false, names).check(address.url());
        } catch (IOException asked) {
          assertThat(names.asked).as(address.url()).containsExactly(host);
        }
      }
    }
  }

  private FrontHandler front(List<HandOver> messages) throws IOException {
    Path rights = folder.resolve("rights.json");
    Files.writeString(rights, """
        {"version":1,"language":"en","account":"1","regions":{"default":"cn-hangzhou","allowed":["cn-hangzhou"]},
         "roles":{"default":"R","allowed":{"R":"acs:ram::1:role/R"}},"slack":{"workspaces":["T1"]},"dingtalk":{"corporations":["d1"]},
         "rights":[{"who":["*"],"commands":["*"],"templates":["*"]}],"approvals":{"approvers":["*"]}}
        """);
    Map<String, String> environment = new HashMap<>();
    environment.put("SLACK_SIGNING_SECRET", SLACK_SECRET);
    environment.put("DINGTALK_APP_SECRET", DINGTALK_SECRET);
    environment.put("CHATOPS_SEAL_KEYS", SEAL_KEYS);
    environment.put("CHATOPS_LINK_KEY", SEAL_KEYS.substring(3));
    environment.put("CHATOPS_RIGHTS", rights.toString());
    environment.put("CHATOPS_URL", "https://front.example.com");
    Seal seal = new Seal(SEAL_KEYS);
    FunctionClient execution = new FunctionClient() {
      @Override
      public Submission submit(byte[] message, String taskId, Duration delay, Duration timeout) {
        messages.add(HandOverJson.decode(message, seal));
        return new Submission(Receipt.ACCEPTED, "", "");
      }

      @Override
      public Answer invoke(byte[] message, Duration timeout) throws IOException {
        throw new IOException("nobody asks");
      }
    };
    return new FrontHandler(environment, (settings, keys) -> execution, () -> NOW, line -> {});
  }

  private static String command(String url, int number) {
    return form(
        "team_id",
        "T1",
        "user_id",
        "U1",
        "channel_id",
        "C1",
        "trigger_id",
        "t" + number,
        "command",
        "/ecs",
        "text",
        "status",
        "response_url",
        url);
  }

  private static String click(String url, int number) {
    ObjectNode payload =
        JSON.createObjectNode().put("type", "block_actions").put("response_url", url);
    payload.putObject("user").put("id", "U1").put("team_id", "T1");
    payload.putObject("team").put("id", "T1");
    payload.putObject("channel").put("id", "C1");
    payload
        .putArray("actions")
        .addObject()
        .put("action_id", "approve")
        .put("value", "exec-abcdefghijk:ap1")
        .put("action_ts", String.valueOf(number));
    return form("payload", payload.toString());
  }

  private static String form(String... pairs) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      form.append(form.length() == 0 ? "" : "&").append(pairs[i]).append('=');
      form.append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
    }
    return form.toString();
  }

  private static byte[] slack(String path, String body) throws Exception {
    String timestamp = String.valueOf(NOW.getEpochSecond());
    String signature =
        "v0=" + HexFormat.of().formatHex(mac(SLACK_SECRET, "v0:" + timestamp + ":" + body));
    return event(
        path, body, Map.of("X-Slack-Request-Timestamp", timestamp, "X-Slack-Signature", signature));
  }

  private static byte[] dingtalk(String url, int number) throws Exception {
    String timestamp = String.valueOf(NOW.toEpochMilli());
    ObjectNode body = JSON.createObjectNode()
        .put("msgtype", "text")
        .put("msgId", "m" + number)
        .put("createAt", NOW.toEpochMilli())
        .put("conversationType", "2")
        .put("conversationId", "cid1")
        .put("senderStaffId", "s1")
        .put("senderCorpId", "d1")
        .put("chatbotCorpId", "d1")
        .put("sessionWebhook", url)
        .put("sessionWebhookExpiredTime", NOW.plusSeconds(60).toEpochMilli());
    body.putObject("text").put("content", " ecs status");
    String sign = Base64.getEncoder()
        .encodeToString(mac(DINGTALK_SECRET, timestamp + "\n" + DINGTALK_SECRET));
    return event("/dingtalk/robot", body.toString(), Map.of("timestamp", timestamp, "sign", sign));
  }

  private static byte[] mac(String key, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] event(String path, String body, Map<String, String> headers) {
    Map<String, Object> http = Map.of("method", "POST", "path", path);
    Map<String, Object> event = new HashMap<>();
    event.put("version", "v1");
    event.put("rawPath", path);
    event.put("body", Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));
    event.put("isBase64Encoded", true);
    event.put("headers", headers);
    event.put("queryParameters", Map.of());
    event.put("requestContext", Map.of("http", http, "domainName", "front.example.com"));
    return JsonWriter.bytes(event);
  }

  private static void call(FrontHandler front, byte[] event) throws IOException {
    front.handleRequest(new ByteArrayInputStream(event), new ByteArrayOutputStream(), null);
  }
}
