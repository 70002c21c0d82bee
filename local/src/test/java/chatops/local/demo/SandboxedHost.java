package chatops.local.demo;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.ecs.Pace;
import chatops.cloudsim.sandbox.SandboxGuest;
import chatops.engine.store.SharedRows;
import chatops.execution.sqlite.SqliteExecutionStore;
import chatops.local.host.DataDirectory;
import chatops.local.host.Machine;
import chatops.local.host.QuietHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A host whose instances are sandboxes, with Ann in its channel, for all tests of a class, which are skipped where there can be no
 * sandbox.
 */
final class SandboxedHost implements BeforeAllCallback, AfterAllCallback {
  private static final Pace PACE = Pace.of(Duration.ofMillis(300));

  private final Duration patience;
  private final Preparation preparation;
  private @Nullable DataDirectory directory;
  private @Nullable Machine machine;
  private @Nullable SqliteExecutionStore store;

  /** What is done before the host starts. */
  interface Preparation {
    /**
     * @param home the host's own folder, which goes when it ends
     * @return where its templates are
     */
    Path in(Path home) throws Exception;
  }

  /** With the templates that ship. @param patience how long a result is waited for */
  SandboxedHost(Duration patience) {
    this(patience, home -> QuietHost.shipped());
  }

  SandboxedHost(Duration patience, Preparation preparation) {
    this.patience = patience;
    this.preparation = preparation;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    String missing = SandboxGuest.missing().orElse("");
    assumeTrue(missing.isEmpty(), "sandbox: skipped, " + missing);
    directory = DataDirectory.temporary();
    machine = QuietHost.start(directory, preparation.in(directory.path()), PACE);
    store = new SqliteExecutionStore(machine.store(), InstantSource.system());
  }

  Machine machine() {
    return Objects.requireNonNull(machine);
  }

  Talk talk() {
    return new Talk(machine(), patience);
  }

  /** What all executions of the host share. */
  SharedRows shared() {
    return Objects.requireNonNull(store).shared();
  }

  /** A new folder in the host's own. */
  Path folder(String purpose) throws IOException {
    return Files.createTempDirectory(Objects.requireNonNull(directory).path(), purpose);
  }

  /** A new instance. @return its id */
  String instance(String name) {
    return machine().cloud().fleet().launch(InstanceSpec.named(name).os("Ubuntu  22.04 64 bit"));
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (store != null) {
      store.close();
    }
    if (machine != null) {
      machine.close();
    }
    if (directory != null) {
      directory.close();
    }
  }
}
