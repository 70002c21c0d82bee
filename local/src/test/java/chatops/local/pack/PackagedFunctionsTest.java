package chatops.local.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.chat.Language;
import chatops.cloudsim.ecs.Pace;
import chatops.cloudsim.slack.SlackMessage;
import chatops.local.host.Cast;
import chatops.local.host.DataDirectory;
import chatops.local.host.Machine;
import chatops.local.host.ProductFunction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packages as they ship, made once for all tests of this class: that takes most of a minute of both processors, because a
 * Java is linked and an archive is trained, and nothing smaller shows that the zip starts elsewhere and uses its archive.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class PackagedFunctionsTest {
  private static final Path ROOT =
      Path.of(System.getProperty("chatops.root", "..")).toAbsolutePath().normalize();

  @TempDir
  static Path made = Path.of("");

  /** Both as they are deployed, for tests that change nothing in them. */
  @TempDir
  static Path unpacked = Path.of("");

  @TempDir
  Path folder = Path.of("");

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream printed = new PrintStream(log, true, StandardCharsets.UTF_8);

  private static List<FunctionPackage> packages = List.of();

  private static List<FunctionPackage> pack(Path out) throws IOException {
    return new Packing(
            new Packing.Plan(
                ROOT,
                out,
                FcRuntime.DEBIAN12,
                Path.of(System.getProperty("java.home")),
                ROOT.resolve("chatops.yaml"),
                false,
                false,
                Map.of()),
            line -> {})
        .run();
  }

  @BeforeAll
  static void make() throws IOException {
    packages = pack(made);
    UnpackedFunctions.unpack(made, unpacked);
  }

  private String said() {
    return log.toString(StandardCharsets.UTF_8);
  }

  @Test
  void each_zip_is_within_its_size_and_front_holds_no_more_than_it_loads() throws IOException {
    assertThat(packages).allSatisfy(each -> {
      assertThat(each.bytes()).isBetween(10_000_000L, each.limit());
      System.out.println("package: " + each.function().id() + " "
          + FunctionPackage.megabytes(each.bytes()) + ", unpacked " + each.lines());
    });
    assertThat(FunctionZip.files(unpacked.resolve("front/lib")))
        .extracting(jar -> jar.getFileName().toString())
        .containsExactly(
            "chat-core.jar",
            "fc-java-core-1.4.1.jar",
            "fc-runtime.jar",
            "fc2-client.jar",
            "front-fc.jar");
    for (String function : List.of("front", "execution")) {
      for (String path : packed(function)) {
        assertThat(unpacked.resolve(function).resolve(path))
            .as("s.yaml names it")
            .exists();
      }
    }
  }

  @Test
  @Tag("long")
  void what_did_not_start_elsewhere_is_no_package() throws IOException {
    Packing.Plan plan = new Packing.Plan(
        ROOT,
        folder,
        FcRuntime.DEBIAN12,
        Path.of(System.getProperty("java.home")),
        ROOT.resolve("chatops.yaml"),
        false,
        false,
        Map.of());
    Packing packing = new Packing(plan, line -> {
      if (line.startsWith("starting the unpacked packages")) {
        throw new PackException("it did not start");
      }
    });

    assertThatThrownBy(packing::run).isInstanceOf(PackException.class);

    assertThat(folder.resolve("front.zip")).doesNotExist();
    assertThat(folder.resolve("execution.zip")).doesNotExist();
    assertThat(pack(folder)).noneMatch(FunctionPackage::isKept);
    assertThat(folder.resolve("front.zip")).exists();
    assertThat(folder.resolve("drafts")).doesNotExist();
  }

  /** What s.yaml says lies in the package. */
  private static List<String> packed(String function) throws IOException {
    String yaml = Files.readString(ROOT.resolve("s.yaml"));
    int start = yaml.indexOf("\n  " + function + ":\n");
    int other = yaml.indexOf("\n  front:\n");
    String section = yaml.substring(start, other > start ? other : yaml.length());
    return java.util.regex.Pattern.compile("/code/([\\w.-]+)")
        .matcher(section)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void killed_and_restarted_in_the_middle_of_an_approval_the_packages_go_on() throws Exception {
    RestartedFunctions functions = new RestartedFunctions(new UnpackedFunctions(unpacked, printed));
    try (DataDirectory directory = DataDirectory.temporary();
        Machine machine = Machine.start(new Machine.Plan(
            directory,
            Language.EN,
            3,
            ROOT.resolve("templates"),
            null,
            functions,
            Machine.Store.TABLESTORE,
            Pace.of(Duration.ofMillis(300))))) {
      SlackMessage question = Training.ask(machine);
      long asked = Training.newest(machine);
      awaitStored(machine, question);

      functions.killAndRestart();
      machine.cloud().slack().click(Cast.BO.slack(), question, "approve");

      Training.await(
          machine,
          asked,
          message -> message.text().startsWith("✅ ECS-BulkRebootInstancesWithApproval"),
          "the end of what was approved");
      assertThat(machine.cloud().log().of("Ecs", "RebootInstance")).hasSize(1);
    }
    assertThat(documented())
        .containsAll(functions.environment(ProductFunction.FRONT).keySet())
        .containsAll(functions.environment(ProductFunction.EXECUTION).keySet());
  }

  /** Until the execution shows as waiting, so that the kill does not fall before it. */
  private static void awaitStored(Machine machine, SlackMessage question)
      throws InterruptedException {
    String execution =
        question.blocks().toString().replaceAll("(?s).*?(exec-[a-z2-7]{26}).*", "$1");
    Predicate<SlackMessage> waits = message -> message.blocks().toString().contains(execution)
        && message.blocks().toString().contains("Waiting");
    for (int i = 0; i < 60; i++) {
      long before = Training.newest(machine);
      Training.type(machine, "/oos show " + execution);
      SlackMessage shown = Training.await(
          machine,
          before,
          message ->
              message.blocks().toString().contains(execution) && !message.text().startsWith("📨"),
          "the answer to /oos show");
      if (waits.test(shown)) {
        return;
      }
    }
    throw new AssertionError("the execution does not wait");
  }

  private static List<String> documented() throws IOException {
    return java.util.regex.Pattern.compile("`([A-Z]+_[A-Z0-9_]+)`")
        .matcher(Files.readString(ROOT.resolve("docs/environment.md")))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private Map<String, String> frontEnvironment() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("SLACK_SIGNING_SECRET", "a-secret-nobody-may-see");
    environment.put("DINGTALK_APP_SECRET", "another-secret-nobody-may-see");
    environment.put("CHATOPS_SEAL_KEYS", "k1:c2VhbC1rZXktbm9ib2R5LW1heS1zZWUtMDAwMDAwMDA=");
    environment.put("CHATOPS_LINK_KEY", "bGluay1rZXktbm9ib2R5LW1heS1zZWUtMDAwMDAwMDA=");
    environment.put("CHATOPS_RIGHTS", "rights.json");
    environment.put("CHATOPS_URL", "https://chatops.example.com");
    environment.put("EXECUTION_FUNCTION", "chatops-execution");
    environment.put("FC_REGION", "cn-hangzhou");
    environment.put("FC_ACCOUNT_ID", "1234567890123456");
    return environment;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CHATOPS_SEAL_KEYS",
        "CHATOPS_LINK_KEY",
        "CHATOPS_RIGHTS",
        "CHATOPS_URL",
        "EXECUTION_FUNCTION",
        "FC_REGION"
      })
  @Execution(ExecutionMode.CONCURRENT)
  void front_without_a_required_setting_names_it_and_shows_no_secret(String missing)
      throws IOException {
    Map<String, String> environment = frontEnvironment();
    environment.remove(missing);

    assertThatThrownBy(() ->
            new UnpackedFunctions(unpacked, printed).start(ProductFunction.FRONT, environment))
        .hasMessageContaining("FC runtime cannot start")
        .hasMessageContaining(missing);
    assertThat(said()).doesNotContain("nobody-may-see", "bGluay1r", "c2VhbC1r");
  }

  @Test
  void an_archive_that_does_not_fit_is_passed_over_without_a_word() throws IOException {
    UnpackedFunctions.unpack(made, folder);
    Path archive = folder.resolve("front").resolve(packages.get(0).archive());
    try (FileChannel file = FileChannel.open(archive, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(64), 0);
    }

    try (FunctionProcess front =
        new UnpackedFunctions(folder, printed).start(ProductFunction.FRONT, frontEnvironment())) {
      HttpURLConnection connection =
          (HttpURLConnection) front.url().resolve("/healthz").toURL().openConnection();
      assertThat(connection.getResponseCode()).isEqualTo(200);
    }

    assertThat(said().lines().toList())
        .isNotEmpty()
        .allMatch(line -> line.startsWith("front: FC ") || line.startsWith("front: front "));
  }

  @Test
  void nothing_is_made_anew_where_nothing_changed_and_a_zip_that_was_touched_is()
      throws IOException {
    Seals seals = new Seals(made);
    Map<ProductFunction, String> digests = new EnumMap<>(ProductFunction.class);
    packages.forEach(each -> digests.put(each.function(), each.digest()));
    assertThat(packages).noneMatch(FunctionPackage::isKept);
    assertThat(seals.hold(digests)).isTrue();

    Files.writeString(made.resolve("front.zip"), " ", StandardOpenOption.APPEND);
    assertThat(seals.hold(digests)).isFalse();
    try (FileChannel zip = FileChannel.open(made.resolve("front.zip"), StandardOpenOption.WRITE)) {
      zip.truncate(zip.size() - 1);
    }
    assertThat(seals.hold(digests)).isTrue();
    digests.put(ProductFunction.FRONT, "other");
    assertThat(seals.hold(digests)).isFalse();
  }

  @Test
  @Tag("long")
  void a_second_run_makes_the_same_bytes_but_for_the_archives() throws IOException {
    List<FunctionPackage> second = pack(folder.resolve("second"));

    assertThat(second)
        .extracting(FunctionPackage::digest)
        .containsExactlyElementsOf(
            packages.stream().map(FunctionPackage::digest).toList());
    for (FunctionPackage each : second) {
      Path zip = Path.of(each.function().id() + ".zip");
      System.out.println("long-job: packages made twice: " + each.function().id() + " differs in "
          + Different.entries(made.resolve(zip), folder.resolve("second").resolve(zip)));
      assertThat(Different.entries(made.resolve(zip), folder.resolve("second").resolve(zip)))
          .isSubsetOf(each.archive());
    }
  }
}
