package chatops.cloudsim.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.assistant.Guest;
import chatops.cloudsim.assistant.SentFile;
import chatops.cloudsim.assistant.Trouble;
import chatops.cloudsim.ecs.Fleet;
import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.sandbox.Sandboxed.Ran;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("sandbox")
class ScriptsSandboxTest {
  private static final Sandboxed sandboxed = new Sandboxed();
  private final Fleet.Sight web = sandboxed.launch(InstanceSpec.named("web-01"));

  @BeforeAll
  static void where_there_are_sandboxes() {
    sandboxed.open();
  }

  @AfterAll
  static void close() {
    sandboxed.close();
  }

  @Test
  void a_script_runs_as_root_of_its_own_instance_and_gives_its_exit_code() throws Exception {
    Ran ran = sandboxed.run(web, "id -u; pwd; hostname; echo out; echo err >&2; exit 7");

    assertThat(ran.output()).isEqualTo("0\n/root\n" + hostName() + "\nout\nerr\n");
    assertThat(ran.exitCode()).isEqualTo(7);
    assertThat(ran.trouble()).isEqualTo(Trouble.EXIT_CODE_NONZERO);
  }

  @Test
  void the_first_line_chooses_the_interpreter() throws Exception {
    assertThat(sandboxed.run(web, "#!/usr/bin/perl\nprint 6 * 7, \"\\n\";").output())
        .isEqualTo("42\n");
    assertThat(sandboxed.run(web, "#!/bin/bash\n[[ abc == a* ]] && echo bash").output())
        .isEqualTo("bash\n");
  }

  @Test
  void what_one_script_leaves_the_next_one_finds_and_another_instance_does_not() throws Exception {
    Fleet.Sight other = sandboxed.launch(InstanceSpec.named("web-02"));

    sandboxed.run(web, "mkdir -p /opt/app && echo 1 >/opt/app/version");

    assertThat(sandboxed.run(web, "cat /opt/app/version").output()).isEqualTo("1\n");
    assertThat(sandboxed.run(other, "cat /opt/app/version").exitCode()).isNotZero();
    sandboxed.guest().halt(web.id());
    assertThat(sandboxed.run(web, "cat /opt/app/version").output()).isEqualTo("1\n");
    sandboxed.guest().release(web.id());
    assertThat(sandboxed.run(web, "cat /opt/app/version").exitCode()).isNotZero();
  }

  @Test
  void a_timeout_ends_the_whole_group_and_what_was_written_stays() throws Exception {
    Ran ran = sandboxed.run(
        web, sandboxed.script("", "", "echo started; sleep 1001 & sleep 1002; echo never", 5));

    assertThat(ran.trouble()).isEqualTo(Trouble.EXECUTION_TIMEOUT);
    assertThat(ran.output()).isEqualTo("started\n");
    assertThat(sandboxed.run(web, "cat /proc/[0-9]*/cmdline | tr '\\0' ' '").output())
        .doesNotContain("sleep 100");
  }

  @Test
  void output_arrives_while_the_script_runs_and_a_stop_ends_it() throws Exception {
    sandboxed.run(web, "mkfifo /tmp/go");
    Guest.Process process = sandboxed
        .guest()
        .start(web, sandboxed.script("", "", "echo one; cat /tmp/go >/dev/null; sleep 1000", 60));
    // it opens the pipe after its first word
    sandboxed.run(web, "echo >/tmp/go");

    String soFar = new String(process.output(Instant.EPOCH).bytes(), StandardCharsets.UTF_8);
    process.stop();

    assertThat(soFar).isEqualTo("one\n");
    assertThat(sandboxed.result(process).exitCode()).isNotZero();
  }

  @Test
  void a_service_that_was_sent_to_the_background_outlives_its_script() throws Exception {
    Ran start = sandboxed.run(
        web, "setsid nohup sleep 1000 >/dev/null 2>&1 & echo $! >/run/app.pid; echo started");

    assertThat(start.output()).isEqualTo("started\n");
    assertThat(sandboxed.run(web, "kill -0 $(cat /run/app.pid) && echo alive").output())
        .isEqualTo("alive\n");
    sandboxed.guest().halt(web.id());
    assertThat(sandboxed.run(web, "kill -0 $(cat /run/app.pid)").exitCode()).isNotZero();
  }

  @Test
  void a_missing_folder_and_a_missing_user_are_told_apart_from_a_failing_script() throws Exception {
    assertThat(sandboxed.run(web, sandboxed.script("/nowhere", "", "true", 9)).trouble())
        .isEqualTo(Trouble.DIRECTORY_NOT_EXISTS);
    assertThat(sandboxed.run(web, sandboxed.script("", "mallory", "true", 9)).trouble())
        .isEqualTo(Trouble.ACCOUNT_NOT_EXISTS);
    assertThat(sandboxed.run(web, sandboxed.script("/opt", "root", "pwd", 9)).output())
        .isEqualTo("/opt\n");
    assertThat(sandboxed.run(web, "echo 'trouble AccountNotExists'").trouble())
        .isEqualTo(Trouble.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "ecs.g7.large,  Alibaba Cloud Linux  3.2104 LTS 64 bit, alinux,  3,     x86_64",
    "ecs.g8y.large, Ubuntu  22.04 64 bit,                   ubuntu,  22.04, aarch64",
    "ecs.c8y.large, CentOS  7.9 64 bit,                     centos,  7.9,   aarch64",
    "ecs.c6.large,  Red Hat Enterprise Linux  9.3,          rhel,    9.3,   x86_64",
  })
  void a_host_tells_its_system_and_its_machine(
      String type, String osName, String id, String version, String machine) throws Exception {
    Fleet.Sight host = sandboxed.launch(InstanceSpec.named("h").type(type).os(osName));

    Ran ran = sandboxed.run(host, ". /etc/os-release; echo $ID $VERSION_ID $(uname -m)");

    assertThat(ran.output()).isEqualTo(id + " " + version + " " + machine + "\n");
  }

  @Test
  void a_service_of_a_package_runs_is_seen_and_stops() throws Exception {
    assertThat(sandboxed.run(web, "yum -y install none").exitCode()).isEqualTo(1);
    assertThat(sandboxed.run(web, "yum -y install none").output())
        .contains("No match for argument: none");
    assertThat(sandboxed.run(web, "systemctl start httpd").exitCode()).isEqualTo(5);

    Ran ran = sandboxed.run(web, """
        set -e
        yum -y install httpd
        systemctl enable --now httpd
        systemctl is-active httpd
        for i in 1 2 3 4 5 6 7 8 9 10; do curl -fsS http://localhost/ && break; sleep 0.2; done
        """);

    assertThat(ran.output())
        .contains("Complete!", "active", "<h1>httpd on " + hostName() + "</h1>");
    assertThat(ran.exitCode()).isZero();
    Ran stopped = sandboxed.run(web, "systemctl stop httpd; systemctl is-active httpd");
    assertThat(stopped.output()).isEqualTo("inactive\n");
    assertThat(stopped.exitCode()).isEqualTo(3);
    assertThat(sandboxed.run(web, "yum -y remove httpd; rpm -q httpd").exitCode())
        .isEqualTo(1);
  }

  @Test
  void a_unit_file_of_a_scripts_own_is_a_service() throws Exception {
    Ran ran = sandboxed.run(web, """
        cat >/etc/systemd/system/app.service <<'UNIT'
        [Service]
        Environment=GREETING=hello
        ExecStart=/bin/sh -c 'echo $GREETING >/tmp/said; exec sleep 1000'
        UNIT
        cat >/etc/systemd/system/broken.service <<'UNIT'
        [Service]
        ExecStart=/opt/none
        UNIT
        systemctl daemon-reload
        systemctl restart app && systemctl is-active app
        cat /tmp/said
        systemctl start broken; systemctl is-failed broken
        """);

    assertThat(ran.output()).contains("active\nhello\n").endsWith("failed\n");
  }

  @Test
  void a_file_is_sent_and_not_overwritten_unasked() throws Exception {
    assertThat(sandboxed.guest().send(web, file("one", false), Instant.EPOCH)).isEmpty();
    assertThat(sandboxed
            .guest()
            .send(web, file("two", false), Instant.EPOCH)
            .orElseThrow()
            .info())
        .contains("FileAlreadyExists");
    assertThat(sandboxed
            .run(web, "cat '/opt/sent/a $(b).txt'; stat -c %a '/opt/sent/a $(b).txt'")
            .output())
        .isEqualTo("one600\n");
    assertThat(sandboxed.guest().send(web, file("two", true), Instant.EPOCH)).isEmpty();
    assertThat(sandboxed.run(web, "cat '/opt/sent/a $(b).txt'").output()).isEqualTo("two");
  }

  private String hostName() {
    return "iZ" + web.id().substring(2) + "Z";
  }

  private static SentFile file(String content, boolean overwrite) {
    return new SentFile(
        "a $(b).txt",
        "/opt/sent",
        content.getBytes(StandardCharsets.UTF_8),
        "0600",
        "root",
        "root",
        overwrite);
  }
}
