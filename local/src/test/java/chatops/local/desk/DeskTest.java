package chatops.local.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.local.cli.Chatops;
import chatops.local.host.DataDirectory;
import chatops.local.host.Machine;
import chatops.local.host.QuietHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line with a running host: its commands, its backup, and the host that goes on from it. */
class DeskTest {
  private static final Pattern EXECUTION = Pattern.compile("exec-[a-z2-7]{26}");

  @TempDir
  Path folder = Path.of("");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private int chatops(String... arguments) {
    out.reset();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return Chatops.run(arguments, Map.of(), stream, stream);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void whoever_claims_to_be_somebody_else_is_whom_the_operating_system_names() throws Exception {
    Path socket = folder.resolve("shared.sock");
    List<String> users = new CopyOnWriteArrayList<>();
    try (DeskSocket desk = new DeskSocket(socket, true, (user, question) -> {
          users.add(user);
          return question;
        });
        SocketChannel caller = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      caller.write(ByteBuffer.wrap(
          "{\"user\":\"bo\",\"line\":\"list\"}\n".getBytes(StandardCharsets.UTF_8)));
      DeskSocket.line(caller);

      assertThat(users).containsExactly(System.getProperty("user.name"));
      assertThat(mode(socket)).isEqualTo("rw-rw-rw-");
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void what_the_command_line_says_the_running_host_does_and_a_backup_goes_on_where_it_stood()
      throws Exception {
    Path home = folder.resolve("home");
    Path file = folder.resolve("backup.db");
    String execution;
    try (DataDirectory directory = DataDirectory.kept(home);
        Machine machine = QuietHost.start(directory)) {
      assertThat(Files.list(home).filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(each -> assertThat(mode(each)).isEqualTo("rw-------"));
      assertThat(mode(home.resolve("desk.sock"))).isEqualTo("rw-------");
      assertThat(chatops("oos", "--dir", home.toString(), "list")).isZero();

      assertThat(chatops("oos", "--dir", home.toString(), "freeze", "release", "--templates", "X*"))
          .isZero();
      assertThat(said()).contains("Starts of X* are frozen");
      assertThat(chatops("oos", "--dir", home.toString(), "list")).isZero();
      assertThat(said()).contains("Frozen: X*", "cli:local/", "release");

      assertThat(chatops("oos", "--dir", home.toString(), "frezze")).isEqualTo(1);
      assertThat(said()).contains("oos freeze");
      assertThat(chatops("oos", "--dir", home.toString(), "show", "exec-unknownunknown"))
          .isZero();
      assertThat(said()).contains("did not arrive");

      chatops(
          "oos",
          "--dir",
          home.toString(),
          "run",
          "ECS-BulkRebootInstancesWithApproval",
          "targets=name:web-*",
          "webHookUrl=" + machine.robotWebHook());
      assertThat(said()).contains("Approval wanted");
      Matcher id = EXECUTION.matcher(said());
      assertThat(id.find()).isTrue();
      execution = id.group();
      assertThat(chatops("oos", "--dir", home.toString(), "approve", execution)).isEqualTo(1);
      assertThat(said()).contains("somebody else has to decide");

      assertThat(chatops("backup", file.toString(), "--dir", home.toString())).isZero();
      assertThat(said()).contains("sound, 1 executions");
      assertThat(chatops("restore", file.toString(), "--dir", home.toString())).isEqualTo(1);
      assertThat(said()).contains("in use by another host");
      chatops("oos", "--dir", home.toString(), "cancel", execution);
    }
    assertThat(Files.exists(home.resolve(DeskAddress.FILE))).isFalse();
    assertThat(chatops("oos", "--dir", home.toString(), "list")).isEqualTo(1);
    assertThat(said()).contains("no host runs on");

    assertThat(chatops("restore", file.toString(), "--dir", home.toString())).isEqualTo(1);
    assertThat(said()).contains("holds 1 executions", "--replace");
    assertThat(chatops("restore", file.toString(), "--dir", home.toString(), "--replace"))
        .isZero();

    try (DataDirectory directory = DataDirectory.kept(home);
        Machine machine = QuietHost.start(directory)) {
      chatops("oos", "--dir", home.toString(), "show", execution);
      assertThat(said()).contains("Waiting");
      assertThat(chatops("oos", "--dir", home.toString(), "reject", execution)).isEqualTo(1);
      // the requester is whom the operating system names, so another person has to come by another
      // door
      machine.cloud().slack().command("U0002", "C0001", "/oos approve " + execution);
      for (int i = 0; i < 300 && !said().contains("Success"); i++) {
        Thread.sleep(100);
        chatops("oos", "--dir", home.toString(), "show", execution);
      }
      assertThat(said()).contains("Success");
      assertThat(machine.store()).exists();
    }
  }

  @Test
  void a_damaged_file_and_an_overwritten_one_are_refused() throws Exception {
    Path damaged = Files.writeString(folder.resolve("damaged.db"), "no database".repeat(999));

    assertThat(chatops("restore", damaged.toString(), "--dir", folder.toString()))
        .isEqualTo(1);
    assertThat(chatops("backup", damaged.toString(), "--dir", folder.toString()))
        .isEqualTo(1);
    assertThat(said()).contains("there is no store");
    assertThatThrownBy(() -> DeskClient.in(folder)).hasMessageContaining("no host runs on");
  }
}
