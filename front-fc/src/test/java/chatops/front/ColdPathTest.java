package chatops.front;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.form.TemplateForm;
import chatops.chat.form.TemplateForms;
import chatops.runtime.HttpTriggerHandler;
import com.aliyun.fc.runtime.Context;
import com.aliyun.fc.runtime.Credentials;
import com.aliyun.fc.runtime.FunctionComputeLogger;
import com.aliyun.fc.runtime.FunctionParam;
import com.aliyun.fc.runtime.OpenTracing;
import com.aliyun.fc.runtime.Service;
import com.slack.api.app_backend.SlackSignature;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a fresh process loads on the way of its first slash command: each class is time in which a person waits. */
class ColdPathTest {
  private static final Pattern LOADED = Pattern.compile("\\] (\\S+) source: (\\S+)");

  /**
   * Ours on the way of a plain command, as the packed server hands it over; whoever needs more says here why. Each section of the
   * configuration that is not used is one record: {@code sessions}, {@code scaling}. The file of forms, which every package has, is
   * one class: it is only checked. {@code Preparation} is what spares the others time.
   */
  private static final int OURS = 128;

  @TempDir
  Path folder = Path.of("");

  private HttpServer functions = server();

  @BeforeEach
  void serve() {
    functions.createContext("/", exchange -> {
      exchange.getResponseHeaders().set("X-Fc-Request-Id", "r1");
      exchange.sendResponseHeaders(202, -1);
      exchange.close();
    });
    functions.start();
  }

  @AfterEach
  void stop() {
    functions.stop(0);
  }

  @Test
  void a_plain_command_loads_what_it_needs_and_no_more() throws Exception {
    Set<String> loaded = loadedBy("/ecs", "start i-bp1abc --region cn-hangzhou");

    Set<String> ours = loaded.stream()
        .filter(
            name -> name.startsWith("chatops.") && !name.startsWith(ColdPathTest.class.getName()))
        .collect(Collectors.toCollection(TreeSet::new));
    System.out.println("cold path: " + loaded.size() + " classes, of them ours " + ours.size());
    assertThat(ours).as("classes of ours: %s", ours).hasSizeLessThanOrEqualTo(OURS);
    assertThat(loaded)
        .noneMatch(name -> name.startsWith("java.net.http.")
            || name.startsWith("java.util.logging.")
            // a record's own equals, hashCode or toString, whose code is written at its first use
            || name.equals("java.lang.runtime.ObjectMethods")
            || name.startsWith("chatops.front.page.ApprovalPage"));
  }

  /** Names of the classes that one process loads for one command. */
  private Set<String> loadedBy(String command, String text) throws Exception {
    Path body = folder.resolve("body.txt");
    Files.writeString(body, body(command, text));
    Path log = folder.resolve("classes.log");
    ProcessBuilder builder = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xshare:auto",
        "-XX:TieredStopAtLevel=1",
        "-Xlog:class+load:file=" + log,
        "-cp",
        System.getProperty("java.class.path"),
        OneCommand.class.getName(),
        body.toString());
    Map<String, String> environment = FrontBench.environment(folder, FrontBench.RIGHTS);
    environment.put("FC_ENDPOINT", "http://127.0.0.1:" + functions.getAddress().getPort());
    environment.put("FC_REGION", "cn-hangzhou");
    environment.put("FC_ACCOUNT_ID", "1");
    environment.put("CHATOPS_FORMS", forms().toString());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).contains("Accepted: " + command + " start i-bp1abc");
    Set<String> loaded = new TreeSet<>();
    for (String line : Files.readAllLines(log)) {
      LOADED.matcher(line).results().forEach(match -> loaded.add(match.group(1)));
    }
    return loaded;
  }

  private Path forms() throws IOException {
    return Files.write(
        folder.resolve("forms.txt"),
        TemplateForms.write(List.of(new TemplateForm("ECS-StartInstances", Map.of(), List.of()))));
  }

  private static String body(String command, String text) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("team_id", "T0001");
    form.put("channel_id", "C1");
    form.put("user_id", "U1");
    form.put("user_name", "ann");
    form.put("command", command);
    form.put("text", text);
    form.put("api_app_id", "A123456");
    form.put("response_url", "https://hooks.slack.com/commands/T0001/1/secret-path");
    form.put("trigger_id", "1.2.3");
    return form.entrySet().stream()
        .map(field ->
            field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One process, one command: as an instance that was just started serves its first. */
  static final class OneCommand {
    private OneCommand() {}

    public static void main(String[] arguments) throws IOException {
      String body = Files.readString(Path.of(arguments[0]));
      String timestamp = String.valueOf(Instant.now().getEpochSecond());
      HttpTriggerHandler.Request request = new HttpTriggerHandler.Request(
          "POST",
          "/slack/command",
          Map.of(
              "X-Slack-Request-Timestamp",
              timestamp,
              "X-Slack-Signature",
              new SlackSignature.Generator(FrontBench.SLACK_SECRET).generate(timestamp, body)),
          Map.of(),
          body.getBytes(StandardCharsets.UTF_8));
      HttpTriggerHandler.Answer answer = new FrontHandler().answer(request, new Instance());
      System.out.println(new String(answer.body(), StandardCharsets.UTF_8));
    }
  }

  /** What the platform tells of an invocation. */
  private static final class Instance implements Context, Credentials {
    @Override
    public String getRequestId() {
      return "r1";
    }

    @Override
    public Credentials getExecutionCredentials() {
      return this;
    }

    @Override
    public String getAccessKeyId() {
      return "LTAI0000000000000000";
    }

    @Override
    public String getAccessKeySecret() {
      return "a-secret-of-a-session";
    }

    @Override
    public String getSecurityToken() {
      return "a-token-of-a-session";
    }

    @Override
    public @Nullable FunctionParam getFunctionParam() {
      return null;
    }

    @Override
    public @Nullable Service getService() {
      return null;
    }

    @Override
    public @Nullable FunctionComputeLogger getLogger() {
      return null;
    }

    @Override
    public @Nullable OpenTracing getTracing() {
      return null;
    }

    @Override
    public int getRetryCount() {
      return 0;
    }
  }
}
