package chatops.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.reply.Seal;
import chatops.cloudsim.CloudSim;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Trail;
import chatops.engine.store.ExecutionStore;
import chatops.engine.testkit.Boundaries;
import chatops.engine.testkit.World;
import chatops.engine.testkit.Yaml;
import chatops.execution.sealed.SealedStore;
import chatops.execution.sqlite.SqliteExecutionStore;
import chatops.execution.tablestore.TablestoreExecutionStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on real stores that a real engine wrote to. */
class AuditCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir
  Path folder = Path.of("");

  private String store = "";
  private Path file = Path.of("");

  @BeforeEach
  void names() {
    file = folder.resolve("chatops.db");
    store = "sqlite:" + file;
  }

  private int run(Map<String, String> environment, String... arguments) {
    out.reset();
    err.reset();
    return Chatops.run(arguments, environment, stream(out), stream(err));
  }

  private int run(String... arguments) {
    return run(Map.of(), arguments);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** One execution that was approved by somebody whose reason is a formula, and an anchor. */
  private static String play(Function<InstantSource, ExecutionStore> open) {
    World world = new World(new Boundaries(), open)
        .template("bulk", Yaml.BULK_REBOOT)
        .template("ACS::ECS::RebootInstance", Yaml.REBOOT);
    world.cloud.instance("i-2", "Running");
    try (ExecutionStore store = world.store) {
      world.run("bulk", "{\"ids\":[\"i-2\"]}");
      String approval = world.view().approvals().get(0).id();
      world.engine().vote(World.ID, approval, Decision.APPROVE, World.BO, "=1+1, \"now\"", "d_1");
      assertThat(world.drive().status()).isEqualTo("Success");
      return world.engine().anchor(Instant.MAX, (id, e) -> {}).orElseThrow().hash();
    }
  }

  private String play() {
    return play(clock -> new SqliteExecutionStore(file, clock));
  }

  private void edit(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }

  @Test
  void a_sound_store_is_said_to_be_sound() {
    String anchor = play();

    assertThat(run("audit", "verify", "--store", store)).isZero();
    assertThat(printed())
        .contains("newest anchor: " + anchor)
        .containsPattern("audit: 1 executions, [1-9]\\d* records, 1 anchors, 0 broken");
    assertThat(run("audit", "verify", "--store", store, "--anchor", anchor)).isZero();
    assertThat(run("audit", "verify", "--store", store, "--execution", World.ID.value()))
        .isZero();
  }

  @Test
  void a_sealed_store_needs_its_keys_and_is_not_called_broken_without_them() {
    String keys = "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    play(clock -> new SealedStore(new SqliteExecutionStore(file, clock), new Seal(keys)));

    for (String[] named : new String[][] {{"--store", store}, {"--dir", folder.toString()}}) {
      run("audit", "verify", named[0], named[1]);
      assertThat(printed()).contains("0 broken");
      assertThat(err.toString(StandardCharsets.UTF_8))
          .contains("1 executions cannot be read here")
          .contains("CHATOPS_SEAL_KEYS");

      assertThat(run(Map.of("CHATOPS_SEAL_KEYS", keys), "audit", "verify", named[0], named[1]))
          .isZero();
      assertThat(printed())
          .containsPattern("audit: 1 executions, [1-9]\\d* records, 1 anchors, 0 broken");
      assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }
  }

  @Test
  void the_first_broken_record_is_named() throws SQLException {
    play();
    edit(
        "UPDATE audit SET text = replace(text, '\"decision\":\"approve\"', '\"decision\":\"reject\"')");

    assertThat(run("audit", "verify", "--store", store)).isEqualTo(Chatops.WRONG);
    assertThat(printed())
        .containsPattern(World.ID.value() + ": record 5: it is not as it was written")
        .contains("1 broken");
  }

  @Test
  void anchors_that_were_written_anew_are_told_by_the_hash_that_was_noted() {
    play();

    assertThat(run("audit", "verify", "--store", store, "--anchor", "0".repeat(64)))
        .isEqualTo(Chatops.WRONG);
    assertThat(printed()).contains("no anchor has this hash");
  }

  @Test
  void exported_records_can_be_checked_by_anybody() {
    play();

    assertThat(run("audit", "export", "--store", store)).isZero();
    Matcher line = Pattern.compile("\\{\"execution\":\"" + World.ID
            + "\",\"hash\":\"([0-9a-f]{64})\",\"record\":(.*)\\}\n")
        .matcher(printed());
    int records = 0;
    String previous = "";
    while (line.find()) {
      assertThat(Trail.hash(line.group(2))).isEqualTo(line.group(1));
      assertThat(line.group(2)).contains("\"prev\":\"" + previous + "\"");
      previous = line.group(1);
      records++;
    }
    assertThat(records).isGreaterThan(5);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("audit: " + records + " records of 1 executions");
  }

  @Test
  void a_spreadsheet_gets_no_formula() {
    play();

    assertThat(run("audit", "export", "--store", store, "--format", "csv")).isZero();
    assertThat(printed())
        .startsWith("execution,n,at,kind,by,details,hash,prev\r\n")
        .contains("\"decision\",\"slack:T1/U2\",\"{\"\"approval\"\":")
        .contains("=1+1, \\\"\"now\\\"\"")
        .doesNotContainPattern("(?m)(^|,)\"?[=+@-]");
  }

  @Test
  void records_are_filtered_by_time_and_execution() {
    play();

    assertThat(run("audit", "export", "--store", store, "--from", "2126-01-01")).isZero();
    assertThat(printed()).isEmpty();
    assertThat(run("audit", "export", "--store", store, "--to", "2126-01-01T00:00:00Z"))
        .isZero();
    assertThat(printed()).contains("\"kind\":\"request\"");
    assertThat(run("audit", "export", "--store", store, "--execution", "exec-neverwas"))
        .isZero();
    assertThat(printed()).isEmpty();
  }

  @Test
  void what_cannot_be_read_is_told() {
    assertThat(run("audit", "verify")).isEqualTo(Chatops.WRONG);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("name the store");
    assertThat(run("audit", "verify", "--store", store)).isEqualTo(Chatops.WRONG);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no store");
    assertThat(file).doesNotExist();
    play();
    assertThat(run("audit", "export", "--store", store, "--from", "yesterday"))
        .isEqualTo(Chatops.WRONG);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--from yesterday", "2026-11-20");
  }

  @Test
  void tablestore_is_checked_as_well() {
    try (CloudSim sim = CloudSim.builder().start()) {
      sim.tablestore().instance("ops");
      Principal.RamUser user = sim.identities().user("auditor", Policy.allow("ots:*"));
      Map<String, String> environment = new HashMap<>();
      environment.put("ALIBABA_CLOUD_ACCESS_KEY_ID", user.accessKeyId());
      environment.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", user.accessKeySecret());
      environment.put("CHATOPS_ENDPOINTS", "ots=" + sim.tablestoreUrl());
      assertThat(run(environment, "deploy-tables", "ops")).isZero();
      play(clock ->
          new TablestoreExecutionStore(TablestoreAccess.open("ops", null, environment), clock));

      assertThat(run(environment, "audit", "verify", "--store", "tablestore:ops"))
          .isZero();
      assertThat(printed())
          .containsPattern("audit: 1 executions, \\d+ records, 1 anchors, 0 broken");
      assertThat(run(environment, "audit", "export", "--store", "tablestore:ops"))
          .isZero();
      assertThat(printed()).contains("\"kind\":\"ended\"");
    }
  }
}
