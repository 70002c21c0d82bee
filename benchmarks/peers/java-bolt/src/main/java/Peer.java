import com.slack.api.app_backend.SlackSignature;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.jetty.SlackAppServer;
import com.slack.api.bolt.middleware.builtin.RequestVerification;
import com.slack.api.bolt.middleware.builtin.SSLCheck;
import java.lang.reflect.Field;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The same with Slack's Bolt for Java on its own server, as its guide shows it. Settings from the environment, as in
 * ../python/handler.py; PEER_CA is a matter of javax.net.ssl.trustStore.
 */
public final class Peer {
  private static final String PATH = "/2023-03-30/functions/chatops-execution/invocations";
  private static final String ENDPOINT = System.getenv("FC_ENDPOINT");
  private static final SecureRandom RANDOM = new SecureRandom();

  public static void main(String[] arguments) throws Exception {
    AppConfig config = AppConfig.builder()
        .signingSecret(System.getenv("SLACK_SIGNING_SECRET"))
        .singleTeamBotToken("xoxb-benchmark")
        .build();
    // its usual list without the question to Slack whose token this is, which the others do not ask either
    App app = new App(
        config,
        List.of(
            new SSLCheck(config.getVerificationToken()),
            new RequestVerification(new SlackSignature.Verifier(
                new SlackSignature.Generator(config.getSigningSecret())))));
    app.command("/ecs", (request, context) -> {
      String text = request.getPayload().getText();
      boolean accepted = handOver(request.getPayload().getCommand(), text);
      return context.ack(accepted ? "Accepted: " + text : "Not accepted");
    });
    SlackAppServer server =
        new SlackAppServer(app, "/slack/command", Integer.parseInt(System.getenv("PORT")));
    onLoopback(server);
    server.start();
  }

  private static void onLoopback(SlackAppServer server) throws Exception {
    Field field = SlackAppServer.class.getDeclaredField("server");
    field.setAccessible(true);
    ((ServerConnector) ((Server) field.get(server)).getConnectors()[0]).setHost("127.0.0.1");
  }

  private static boolean handOver(String command, String text) {
    try {
      byte[] body = ("{\"kind\":\"chatops/v1\",\"command\":\"" + command + "\",\"text\":\"" + text + "\"}")
          .getBytes(StandardCharsets.UTF_8);
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(ENDPOINT + PATH).toURL().openConnection();
      connection.setRequestMethod("POST");
      connection.setDoOutput(true);
      connection.setConnectTimeout(800);
      connection.setReadTimeout(800);
      connection.setFixedLengthStreamingMode(body.length);
      signed(body).forEach(connection::setRequestProperty);
      connection.getOutputStream().write(body);
      int status = connection.getResponseCode();
      connection.getInputStream().readAllBytes();
      return status == 202;
    } catch (Exception failed) {
      return false;
    }
  }

  private static Map<String, String> signed(byte[] body) throws Exception {
    byte[] nonce = new byte[16];
    RANDOM.nextBytes(nonce);
    String digest = sha256(body);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/octet-stream");
    headers.put("host", URI.create(ENDPOINT).getAuthority());
    headers.put("x-acs-accesskey-id", System.getenv("PEER_KEY"));
    headers.put("x-acs-action", "InvokeFunction");
    headers.put("x-acs-content-sha256", digest);
    headers.put("x-acs-date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    headers.put("x-acs-security-token", System.getenv("PEER_TOKEN"));
    headers.put("x-acs-signature-nonce", HexFormat.of().formatHex(nonce));
    headers.put("x-acs-version", "2023-03-30");
    String names = String.join(";", headers.keySet());
    StringBuilder canonical = new StringBuilder("POST\n" + PATH + "\n\n");
    headers.forEach((name, value) -> canonical.append(name + ":" + value + "\n"));
    canonical.append("\n" + names + "\n" + digest);
    String toSign =
        "ACS3-HMAC-SHA256\n" + sha256(canonical.toString().getBytes(StandardCharsets.UTF_8));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(System.getenv("PEER_SECRET").getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    headers.put(
        "Authorization",
        "ACS3-HMAC-SHA256 Credential=" + System.getenv("PEER_KEY") + ",SignedHeaders=" + names
            + ",Signature=" + HexFormat.of().formatHex(mac.doFinal(toSign.getBytes(StandardCharsets.UTF_8))));
    headers.put("X-Fc-Invocation-Type", "Async");
    headers.put("x-fc-async-task-id", "c_" + digest);
    headers.remove("host");
    return headers;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
