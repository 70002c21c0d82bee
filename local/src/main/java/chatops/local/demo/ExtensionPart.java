package chatops.local.demo;

import chatops.chat.render.Message.Mark;
import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.sandbox.SandboxGuest;
import chatops.cloudsim.slack.SlackMessage;
import chatops.engine.extension.Extensions;
import chatops.engine.extension.InstalledExtension;
import chatops.engine.extension.InstalledExtensions;
import chatops.execution.sqlite.SqliteExecutionStore;
import chatops.local.extension.BuiltPackage;
import chatops.local.host.Cast;
import chatops.local.text.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Part 5: an extension, a Java service, on three instances of two kinds of processors. Its scripts really run, so it needs a machine that can make sandboxes, and says so where it is
 * none.
 */
final class ExtensionPart {
  private static final String BUCKET = "chatops-demo-packages";
  private static final String NAME = "demo-service";
  private static final Path JAVA = Path.of("/usr/bin/java");

  private final Stage stage;
  private final InstantSource clock;
  private final Path example;

  /** @param example folder with the packages and the source of the service */
  ExtensionPart(Stage stage, InstantSource clock, Path example) {
    this.stage = stage;
    this.clock = clock;
    this.example = example;
  }

  /** Why it cannot be played on this machine; empty when it can. */
  static Optional<String> missing(Texts texts) {
    return SandboxGuest.missing()
        .or(() -> Files.isExecutable(JAVA)
            ? Optional.empty()
            : Optional.of(texts.get("demo.extension.java", JAVA)));
  }

  /** @param isWhole whether it is also upgraded, listed and removed */
  void play(boolean isWhole) {
    stage.narration().part(stage.texts().get("demo.part.extension"));
    Optional<String> missing = missing(stage.texts());
    if (missing.isPresent()) {
      stage.narration().say("     " + stage.texts().get("demo.extension.skipped", missing.get()));
      return;
    }
    List<String> instances = List.of(
        launch("svc-1", "Ubuntu  22.04 64 bit", "ecs.g7.large"),
        launch("svc-2", "Alibaba Cloud Linux  3.2104 LTS 64 bit", "ecs.g7.large"),
        launch("svc-3", "Ubuntu  22.04 64 bit", "ecs.g8y.large"));
    boolean isInstalled =
        stage.narration().step(stage.texts().get("demo.extension.published"), step -> {
              publish("V1.yml");
              publish("V2.yml");
              step.tell(stage.texts().get("demo.extension.versions", NAME, "V1, V2", BUCKET));
            })
            && change("/ecs install " + NAME + " V1 on name:svc-* port=8090", instances, "V1");
    if (isInstalled && isWhole) {
      change("/ecs upgrade " + NAME + " on name:svc-*", instances, "V2");
      list(instances);
      remove(instances);
    }
  }

  private String launch(String name, String os, String type) {
    return stage
        .cloud()
        .fleet()
        .launch(InstanceSpec.named(name).os(os).type(type).tag("role", "service"));
  }

  /** As ./chatops extension create and update do it; the account's owner needs no keys for its own bucket here. */
  private void publish(String file) throws IOException {
    Path folder = Files.createTempDirectory("chatops-demo");
    try (SqliteExecutionStore store = new SqliteExecutionStore(stage.machine().store(), clock)) {
      DemoJars.make(example.resolve("DemoService.java"), folder);
      BuiltPackage built = BuiltPackage.of(example.resolve(file), folder);
      stage.cloud().oss().create(BUCKET, "cn-hangzhou");
      for (BuiltPackage.Upload upload : built.uploads()) {
        stage
            .cloud()
            .oss()
            .put(
                BUCKET,
                upload.target().objectName(),
                Files.readAllBytes(upload.file()),
                "application/java-archive",
                Map.of());
      }
      Extensions extensions = new Extensions(store.shared());
      if (file.equals("V1.yml") && extensions.find(NAME).isEmpty()) {
        extensions.create(built.text(), "demo", clock.instant());
      } else if (!file.equals("V1.yml")) {
        extensions.update(built.text(), "demo", clock.instant());
      }
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Each instance says what runs there now, and for which processor. */
  private boolean change(String line, List<String> instances, String version) {
    return stage.narration().step(stage.texts().get("demo.says", Cast.ANN.name(), line), step -> {
      Stage.Sent sent = stage.start(step, Cast.ANN, line);
      SlackMessage result = stage.result(step, sent, sent.sentAt(), "demo.result", Mark.SUCCESS);
      String shown = Readable.of(result);
      for (String processor : List.of("x86_64", "arm64")) {
        step.claim(
            stage.texts().get("demo.what.text"),
            shown.contains(NAME + " " + version + " on " + processor + " says"),
            shown);
      }
      for (String instance : instances) {
        step.expect(
            stage.texts().get("demo.extension.state", instance),
            version,
            installed(instance).map(InstalledExtension::version).orElse("-"));
      }
    });
  }

  private void list(List<String> instances) {
    String line = "/ecs extensions name:svc-*";
    stage.narration().step(stage.texts().get("demo.says", Cast.ANN.name(), line), step -> {
      Stage.Sent sent = stage.start(step, Cast.ANN, line);
      SlackMessage result = stage.result(step, sent, sent.sentAt(), "demo.result", Mark.SUCCESS);
      for (String instance : instances) {
        step.claim(
            stage.texts().get("demo.what.text"),
            Readable.of(result).contains(instance + "  " + NAME + "  V2  Installed"),
            Readable.of(result));
      }
    });
  }

  private void remove(List<String> instances) {
    String line = "/ecs uninstall " + NAME + " on name:svc-*";
    stage.narration().step(stage.texts().get("demo.says", Cast.ANN.name(), line), step -> {
      Stage.Sent sent = stage.start(step, Cast.ANN, line);
      stage.result(step, sent, sent.sentAt(), "demo.result", Mark.SUCCESS);
      for (String instance : instances) {
        step.expect(
            stage.texts().get("demo.extension.state", instance),
            Optional.empty(),
            installed(instance));
      }
    });
    String look =
        "/ecs script name:svc-* -- ! curl -fsS http://127.0.0.1:8090/ && ! ls /opt/" + NAME;
    stage.narration().step(stage.texts().get("demo.says", Cast.ANN.name(), look), step -> {
      Stage.Sent sent = stage.start(step, Cast.ANN, look);
      stage.result(step, sent, sent.sentAt(), "demo.result", Mark.SUCCESS);
    });
  }

  private Optional<InstalledExtension> installed(String instance) {
    try (SqliteExecutionStore store = new SqliteExecutionStore(stage.machine().store(), clock)) {
      return new InstalledExtensions(store.shared()).find(instance, NAME);
    }
  }
}
