package chatops.local.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.ecs.InstanceSpec;
import chatops.engine.share.LastSweep;
import chatops.execution.sqlite.SqliteExecutionStore;
import chatops.local.doctor.Doctor;
import chatops.local.doctor.Finding;
import chatops.local.host.Cast;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ServiceTest {
  private static final Path TEMPLATES = Path.of(System.getProperty("chatops.root", ".."))
      .toAbsolutePath()
      .normalize()
      .resolve("templates");

  @TempDir
  Path folder = Path.of("");

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream log =
      JsonLines.to(new PrintStream(said, true, StandardCharsets.UTF_8), InstantSource.system());
  private CloudSim cloud = ServedHost.cloud();

  @BeforeEach
  void account() {
    cloud.slack().channel(Cast.OPERATIONS, "operations");
    cloud.fleet().launch(InstanceSpec.named("web-1").id("i-bp1demoweb00000000001"));
  }

  @AfterEach
  void end() {
    cloud.close();
  }

  private Service.Plan plan(Map<String, String> environment) throws IOException {
    Path yaml = ServedHost.configuration(folder);
    InetSocketAddress any = new InetSocketAddress("127.0.0.1", 0);
    return new Service.Plan(
        yaml, folder.resolve("state"), any, any, TEMPLATES, Duration.ofMillis(200), environment);
  }

  private static String get(InetSocketAddress at, String path) throws IOException {
    HttpURLConnection connection = (HttpURLConnection)
        URI.create("http://127.0.0.1:" + at.getPort() + path).toURL().openConnection();
    return connection.getResponseCode() + " "
        + new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void a_signed_command_is_run_with_the_machines_keys_and_answered() throws Exception {
    try (Service service = Service.start(plan(ServedHost.environment(cloud)), log)) {
      URI front = URI.create("http://127.0.0.1:" + service.front().getPort());
      cloud.slack().pointAt(front.resolve("/slack/command"), front.resolve("/slack/interactive"));

      cloud.slack().command(Cast.ANN.slack(), Cast.OPERATIONS, "/ecs status name:web-*");

      await("✅");
      assertThat(cloud.log().of("Ecs", "DescribeInstances")).isNotEmpty();
      assertThat(get(service.front(), "/healthz")).startsWith("200 ok\nrights ");
      assertThat(get(service.watch(), "/healthz")).isEqualTo("200 ok\n");
      // the answer goes out before the message counts as done
      while (!get(service.watch(), "/metrics").contains("\nchatops_queue_waiting 0.0\n")) {
        Thread.sleep(20);
      }
      assertThat(get(service.watch(), "/metrics"))
          .contains(
              "# TYPE chatops_requests counter\n# HELP chatops_requests ",
              "\nchatops_requests_total ")
          .contains("# UNIT chatops_last_sweep_seconds seconds\n")
          .contains("\nchatops_audit_unread_trails 0.0\n")
          .contains("chatops_events_total{kind=\"message\",outcome=\"done\"} ")
          .endsWith("# EOF\n");
    }
    assertThat(folder.resolve("state/chatops.db")).exists();
    assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContain("bm9ib2R5LW1heS1zZW");
  }

  private void await(String sign) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (cloud.slack().channels().since(0).stream()
        .noneMatch(message -> message.text().startsWith(sign))) {
      assertThat(System.nanoTime())
          .as(
              "an answer with %s; the log: %s; the cloud: %s; the chat: %s",
              sign,
              said.toString(StandardCharsets.UTF_8),
              cloud.log().records(),
              cloud.slack().channels().since(0))
          .isLessThan(end);
      Thread.sleep(20);
    }
  }

  @Test
  void every_counter_is_there_before_anything_was_counted() throws Exception {
    Service.Plan plan = plan(ServedHost.environment(cloud));
    Service.Plan patient = new Service.Plan(
        plan.configuration(),
        plan.state(),
        plan.listen(),
        plan.watch(),
        plan.templates(),
        Duration.ofHours(1),
        plan.environment());
    try (Service service = Service.start(patient, log)) {
      assertThat(get(service.watch(), "/metrics").lines().filter(line -> line.contains("_total")))
          .containsExactlyInAnyOrder(
              "chatops_requests_total 0",
              "chatops_queue_refused_total 0",
              "chatops_events_total{kind=\"message\",outcome=\"done\"} 0",
              "chatops_events_total{kind=\"message\",outcome=\"failed\"} 0",
              "chatops_events_total{kind=\"wake\",outcome=\"done\"} 0",
              "chatops_events_total{kind=\"wake\",outcome=\"failed\"} 0",
              "chatops_events_total{kind=\"sweep\",outcome=\"done\"} 0",
              "chatops_events_total{kind=\"sweep\",outcome=\"failed\"} 0",
              "chatops_events_total{kind=\"given-up\",outcome=\"done\"} 0",
              "chatops_events_total{kind=\"given-up\",outcome=\"failed\"} 0");
    }
  }

  /** The value of a metric without labels. */
  private static double metric(Service service, String name) throws IOException {
    return get(service.watch(), "/metrics")
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void the_sweep_of_the_health_page_is_one_that_left_its_sign_in_the_store() throws Exception {
    Instant before = Instant.now().minusMillis(1);
    try (Service service = Service.start(plan(ServedHost.environment(cloud)), log)) {
      double started = metric(service, "chatops_last_sweep_seconds");
      while (metric(service, "chatops_last_sweep_seconds") == started) {
        Thread.sleep(20);
      }
    }
    try (SqliteExecutionStore store =
        new SqliteExecutionStore(folder.resolve("state/chatops.db"), InstantSource.system())) {
      assertThat(new LastSweep(store.shared()).time())
          .hasValueSatisfying(time -> assertThat(time).isAfter(before));
    }
  }

  private List<Finding> examined(Service service, Map<String, String> environment, String secret) {
    Map<String, String> there = new TreeMap<>(environment);
    there.put("CHATOPS_URL", "http://127.0.0.1:" + service.front().getPort());
    there.put("SLACK_SIGNING_SECRET", secret);
    there.remove("ALIBABA_CLOUD_ACCESS_KEY_ID");
    return new Doctor(
            folder.resolve("chatops.yaml"),
            TEMPLATES.resolveSibling("s.yaml"),
            there,
            false,
            InstantSource.system())
        .examine().stream()
            .filter(each -> each.subject().equals("SLACK_SIGNING_SECRET"))
            .toList();
  }

  @Test
  void the_doctor_sees_whether_a_real_front_has_the_same_secret() throws Exception {
    Map<String, String> environment = ServedHost.environment(cloud);
    environment.put("SLACK_TOKEN", "classic token");
    try (Service service = Service.start(plan(environment), log)) {
      String secret = cloud.slack().app().signingSecret();

      assertThat(examined(service, environment, secret))
          .singleElement()
          .extracting(Finding::grade)
          .isEqualTo(Finding.Grade.GOOD);
      assertThat(examined(service, environment, "another-secret-of-another-app"))
          .singleElement()
          .extracting(Finding::grade)
          .isEqualTo(Finding.Grade.BAD);
    }
  }

  @Test
  void what_is_missing_is_named_and_no_secret_is_shown() throws IOException {
    Map<String, String> environment = ServedHost.environment(cloud);
    environment.remove("CHATOPS_SEAL_KEYS");

    assertThatThrownBy(() -> Service.start(plan(environment), log))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("CHATOPS_SEAL_KEYS")
        .hasMessageNotContaining("bm9ib2R5LW1heS1zZW");

    assertThatThrownBy(() -> Service.start(plan(Map.of()), log))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("ALIBABA_CLOUD_ECS_METADATA");

    Map<String, String> half = ServedHost.environment(cloud);
    half.remove("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
    assertThatThrownBy(() -> Service.start(plan(half), log))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
  }

  @Test
  void a_store_that_cannot_be_opened_is_named() throws IOException {
    Map<String, String> environment = ServedHost.environment(cloud);
    Path file = Files.writeString(folder.resolve("file.db"), "this is no database ".repeat(99));
    environment.put("CHATOPS_STORE", "sqlite:" + file);

    assertThatThrownBy(() -> Service.start(plan(environment), log))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining(file.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rights.json", "forms.txt", "queue"})
  void what_cannot_be_written_in_the_folder_of_the_state_is_named_at_the_start(String name)
      throws IOException {
    Service.Plan plan = plan(ServedHost.environment(cloud));
    Path inside = plan.state().resolve(name);
    if (name.equals("queue")) {
      Files.createDirectories(plan.state());
      Files.writeString(inside, "no folder");
    } else {
      Files.createDirectories(inside.resolve("no file"));
    }

    assertThatThrownBy(() -> Service.start(plan, log))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("--state " + plan.state() + " cannot be used")
        .hasMessageContaining(inside.toString());
  }

  @Test
  void everything_that_is_not_set_is_named_at_once() throws IOException {
    Map<String, String> environment = ServedHost.environment(cloud);
    List<String> names = List.of(
        "CHATOPS_SEAL_KEYS",
        "CHATOPS_LINK_KEY",
        "CHATOPS_URL",
        "SLACK_SIGNING_SECRET",
        "ALIBABA_CLOUD_ACCESS_KEY_ID");
    names.forEach(environment::remove);
    Service.Plan plan = plan(environment);

    assertThatThrownBy(() -> Service.start(plan, log))
        .isInstanceOf(ServiceException.class)
        .hasMessageContainingAll(names.toArray(String[]::new));
  }

  @Test
  void a_second_service_on_the_same_folder_is_refused_until_the_first_has_ended() throws Exception {
    Service.Plan plan = plan(ServedHost.environment(cloud));
    try (Service first = Service.start(plan, log)) {
      assertThat(first.front().getPort()).isPositive();
      assertThatThrownBy(() -> Service.start(plan, log))
          .isInstanceOf(ServiceException.class)
          .hasMessageContaining(folder.resolve("state").toString())
          .hasMessageContaining("in use");
    }
    Service.start(plan, log).close();
  }

  @Test
  void an_address_that_is_taken_is_named_with_its_option() throws Exception {
    Service.Plan plan = plan(ServedHost.environment(cloud));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      InetSocketAddress there = new InetSocketAddress("127.0.0.1", taken.getLocalPort());
      InetSocketAddress any = new InetSocketAddress("127.0.0.1", 0);

      assertThatThrownBy(() -> Service.start(at(plan, there, any), log))
          .isInstanceOf(ServiceException.class)
          .hasMessageContaining("--listen 127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("another");
      assertThatThrownBy(() -> Service.start(at(plan, any, there), log))
          .isInstanceOf(ServiceException.class)
          .hasMessageContaining("--watch 127.0.0.1:" + taken.getLocalPort());
    }
    // neither has kept the folder
    Service.start(plan, log).close();
  }

  private static Service.Plan at(
      Service.Plan plan, InetSocketAddress listen, InetSocketAddress watch) {
    return new Service.Plan(
        plan.configuration(),
        plan.state(),
        listen,
        watch,
        plan.templates(),
        plan.sweepEvery(),
        plan.environment());
  }

  @Test
  void a_folder_that_cannot_be_made_is_named_with_what_is_expected() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    Service.Plan plan = plan(ServedHost.environment(cloud));
    Service.Plan wrong = new Service.Plan(
        plan.configuration(),
        file.resolve("state"),
        plan.listen(),
        plan.watch(),
        plan.templates(),
        plan.sweepEvery(),
        plan.environment());

    assertThatThrownBy(() -> Service.start(wrong, log))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("--state " + file.resolve("state"))
        .hasMessageContaining("expected");
  }

  @Test
  void what_goes_to_the_error_stream_is_a_json_line_too() {
    PrintStream out = System.out;
    PrintStream err = System.err;
    try {
      Service.logging(new PrintStream(said, true, StandardCharsets.UTF_8));
      System.err.println("Exception in thread \"execution\" java.lang.OutOfMemoryError");
    } finally {
      System.setOut(out);
      System.setErr(err);
    }

    assertThat(said.toString(StandardCharsets.UTF_8))
        .startsWith("{\"time\":")
        .contains("OutOfMemoryError");
  }

  @Test
  void each_line_of_the_log_is_an_object_with_its_execution() throws IOException {
    log.println(
        "2026-01-01T00:00:00Z execution=exec-abcdefghijklmnopqrstuvwxyz task=one \"quoted\"");
    log.println("front handed over kind=chatops/v1");

    List<String> lines = said.toString(StandardCharsets.UTF_8).lines().toList();
    JsonNode first = new ObjectMapper().readTree(lines.get(0));
    assertThat(first.path("execution").asText()).isEqualTo("exec-abcdefghijklmnopqrstuvwxyz");
    assertThat(first.path("message").asText()).endsWith("task=one \"quoted\"");
    assertThat(new ObjectMapper().readTree(lines.get(1)).path("function").asText())
        .isEqualTo("front");
  }
}
