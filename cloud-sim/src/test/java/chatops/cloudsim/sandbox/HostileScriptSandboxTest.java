package chatops.cloudsim.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.assistant.Trouble;
import chatops.cloudsim.ecs.Fleet;
import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.http.WebReply;
import chatops.cloudsim.http.WebServer;
import chatops.cloudsim.sandbox.Sandboxed.Ran;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that try to get at the machine the simulator runs on. */
@Tag("sandbox")
class HostileScriptSandboxTest {
  private static final String SECRET = "LTAI-a-secret-of-the-machine";

  private static final Sandboxed sandboxed = new Sandboxed();
  private final Fleet.Sight host = sandboxed.launch(InstanceSpec.named("web-01"));

  @BeforeAll
  static void where_there_are_sandboxes() {
    sandboxed.open();
  }

  @AfterAll
  static void close() {
    sandboxed.close();
  }

  @Test
  void no_file_of_the_machine_is_seen_but_its_programs(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("keys"), SECRET);
    Path work = Path.of(System.getProperty("user.dir"));

    Ran ran = sandboxed.run(host, """
        cat '%1$s' '/proc/1/root%1$s' '/../..%1$s' "/proc/self/cwd/../../..%1$s"
        ln -s '%1$s' /tmp/link; cat /tmp/link
        cat /etc/shadow /root/.ssh/* /root/.aliyun/* /home/*/.aliyun/*
        ls '%2$s' /work /mnt /boot /sys /var/lib/dpkg
        ls /
        """.formatted(file, work));

    assertThat(ran.output()).doesNotContain(SECRET, "pom.xml");
    assertThat(ran.output().lines().dropWhile(line -> !line.equals("bin")))
        .isSubsetOf(
            "bin", "dev", "etc", "home", "lib", "lib32", "lib64", "opt", "proc", "root", "run",
            "sbin", "srv", "tmp", "usr", "var");
  }

  @Test
  void no_environment_and_no_process_of_the_machine_is_seen() throws Exception {
    Ran ran = sandboxed.run(
        host,
        "env; cat /proc/*/environ /proc/*/cmdline /proc/[0-9]*/task/*/environ | tr '\\0' '\\n'; ls -d /proc/[0-9]*");

    for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
      if (!variable.getKey().matches("PATH|HOME|LANG|USER|PWD|OLDPWD|_|SHLVL|LOGNAME")) {
        assertThat(ran.output()).doesNotContain(variable.getKey() + "=" + variable.getValue());
      }
    }
    assertThat(ran.output()).doesNotContain("surefire", "java");
    assertThat(ran.output().lines().filter(line -> line.matches("/proc/[0-9]+")).count())
        .isLessThan(20);
  }

  @Test
  void processes_of_the_machine_cannot_be_ended() throws Exception {
    Process bystander = new ProcessBuilder("sleep", "100").start();
    try {
      Ran ran = sandboxed.run(
          host,
          "kill -9 " + bystander.pid() + " " + ProcessHandle.current().pid() + " 1; kill -9 -1");

      assertThat(ran.exitCode()).isNotZero();
      assertThat(bystander.isAlive()).isTrue();
      // the sandbox's own first process cannot be ended from inside either
      assertThat(sandboxed.run(host, "echo still here").output()).isEqualTo("still here\n");
    } finally {
      bystander.destroyForcibly();
    }
  }

  @Test
  void no_service_of_the_machine_is_reached_but_the_file_endpoint() throws Exception {
    AtomicInteger reached = new AtomicInteger();
    Sandboxed own = new Sandboxed();
    own.open();
    try (WebServer server = new WebServer();
        CloudSim sim = CloudSim.builder().guest(own.guest()).start()) {
      int port = server
          .open(0, request -> {
            reached.incrementAndGet();
            return WebReply.of(200, "", SECRET);
          })
          .getPort();
      sim.oss().create("pkgs", "cn-hangzhou").acl(chatops.cloudsim.oss.Bucket.Acl.PUBLIC_READ);
      sim.oss().put("pkgs", "hello", "from oss".getBytes(StandardCharsets.UTF_8), "", Map.of());

      Ran ran = own.run(host, """
          curl -sS -m 3 http://127.0.0.1:%1$d/; curl -sS -m 3 http://localhost:%1$d/
          /usr/bin/curl -sS -m 3 http://127.0.0.1:%1$d/
          (exec 3<>/dev/tcp/127.0.0.1/%1$d && echo GET / >&3 && cat <&3)
          (exec 3<>/dev/tcp/127.0.0.1/%2$d && echo connected)
          printf 'GET / HTTP/1.0\\r\\nHost: 127.0.0.1:%1$d\\r\\n\\r\\n' | timeout 2 perl -MIO::Socket::UNIX -e '
            my $s = IO::Socket::UNIX->new(Peer => "/run/simulator/files.sock"); print $s $_ while <STDIN>; print <$s>;'
          curl -sS -m 3 http://100.100.100.200/latest/meta-data/ram/security-credentials/
          ls /run/docker.sock /run/user /var/run/dbus /tmp/.X11-unix
          cat /proc/net/tcp /proc/net/unix | wc -l
          wget -qO- %3$s/pkgs/hello
          """.formatted(port, sim.openApiUrl().getPort(), sim.ossUrl()));

      assertThat(reached).hasValue(0);
      assertThat(ran.output()).doesNotContain(SECRET, "connected", "cannot access '/run/simulator");
      assertThat(ran.output())
          .contains("<Code>AccessDenied</Code>", "<Code>NoSuchBucket</Code>")
          .endsWith("from oss");
    }
  }

  @Test
  void it_has_no_power_over_its_surroundings() throws Exception {
    String attempts = """
        touch /usr/bin/x
        touch /x
        touch /run/simulator/bin/x
        rm -f /run/simulator/bin/curl; test ! -e /run/simulator/bin/curl
        mount -t tmpfs none /usr
        mount -o remount,rw /usr
        umount /usr
        umount -l /etc
        unshare -U true
        unshare -m true
        unshare -r true
        nsenter -t 1 -m true
        chroot / true
        mknod /tmp/disk b 8 0
        mknod /dev/mem c 1 1
        echo 1 >/proc/sys/kernel/sysrq
        echo c >/proc/sysrq-trigger
        echo 1000 >/proc/sys/user/max_user_namespaces
        chown 1 /root
        su nobody -s /bin/sh -c true
        setpriv --reuid=1 true
        grep -q '^CapEff:[[:space:]]*0*[1-9a-f]' /proc/self/status
        grep -q '^NoNewPrivs:[[:space:]]*0' /proc/self/status
        hostname other
        ip link set lo down
        dmesg | grep -q .
        dd if=/dev/zero of=/tmp/much bs=1M count=300
        dd if=/dev/zero of=/dev/shm/much bs=1M count=100
        """;

    Ran ran = sandboxed.run(host, """
        #!/bin/bash
        exec 2>/dev/null
        while read -r attempt; do
          if bash -c "$attempt" >/dev/null </dev/null; then echo "worked: $attempt"; fi
          tried=$((tried + 1))
        done <<'ATTEMPTS'
        %sATTEMPTS
        echo "tried $tried"
        """.formatted(attempts));

    assertThat(ran.output()).isEqualTo("tried " + attempts.lines().count() + "\n");
  }

  @Test
  void a_flood_of_output_is_cut_and_of_processes_is_bounded() throws Exception {
    Ran flood = sandboxed.run(host, "head -c 50000000 /dev/zero | tr '\\0' x; echo end");

    assertThat(flood.output()).hasSize(24 * 1024).endsWith("xend\n");
    Ran bomb = sandboxed.run(
        host, sandboxed.script("", "", "f() { f | f & f; }; f 2>/dev/null; sleep 100", 2));
    // it may run against its limit of processes before its time is over
    assertThat(bomb.trouble()).isIn(Trouble.EXECUTION_TIMEOUT, Trouble.EXIT_CODE_NONZERO);
    sandboxed.guest().halt(host.id());
    assertThat(sandboxed.run(host, "echo well").output()).isEqualTo("well\n");
  }

  @Test
  void nothing_outlives_the_simulator() throws Exception {
    String mark = "1000.0" + ProcessHandle.current().pid();
    Sandboxed own = new Sandboxed();
    own.open();
    own.run(host, "setsid nohup sleep " + mark + " >/dev/null 2>&1 & echo");
    assertThat(running(mark)).isTrue();

    own.close();

    for (int i = 0; i < 100 && running(mark); i++) {
      Thread.onSpinWait();
      new ProcessBuilder("sync").start().waitFor();
    }
    assertThat(running(mark)).isFalse();
  }

  private static boolean running(String mark) {
    return ProcessHandle.allProcesses()
        .anyMatch(process -> process.info().commandLine().orElse("").contains("sleep " + mark));
  }
}
