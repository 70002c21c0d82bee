package chatops.execution.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.engine.cloud.Session;
import chatops.engine.id.ExecutionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StsCredentialsTest {
  private static final ExecutionId ID = new ExecutionId("exec-abcdefghijklmnopqrstuvwxyz");
  private static final ExecutionId OTHER = new ExecutionId("exec-zyxwvutsrqponmlkjihgfedcba");
  private static final String ARN = "acs:ram::1234567890123456:role/OOSServiceRole";

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final List<String> assumed = new ArrayList<>();
  private final StsCredentials credentials =
      new StsCredentials(Map.of("OOSServiceRole", ARN), "OOSServiceRole", this::assume, () -> now);

  private Session assume(String arn, String name, Duration life) {
    assumed.add(arn + " " + name);
    return new Session(arn, "STS." + assumed.size(), "secret", "token", now.plus(life));
  }

  @Test
  void the_session_name_carries_the_execution_id_within_32_characters() {
    credentials.session(ID, "OOSServiceRole");

    assertThat(assumed).containsExactly(ARN + " oos-exec-abcdefghijklmnopqrstuv");
    assertThat(StsCredentials.sessionName(ID)).hasSizeLessThanOrEqualTo(32);
  }

  @Test
  void no_role_named_means_the_default_role() {
    assertThat(credentials.session(ID, "").roleArn()).isEqualTo(ARN);
  }

  @Test
  void a_role_not_listed_is_refused_with_the_fix() {
    assertThatThrownBy(() -> credentials.session(ID, "AdminRole"))
        .hasMessageContaining("RoleNotAllowed")
        .hasMessageContaining("AdminRole")
        .hasMessageContaining("roles.allowed")
        .hasMessageContaining("OOSServiceRole");
    assertThat(assumed).isEmpty();
  }

  @Test
  void a_session_is_kept_for_80_percent_of_its_life() {
    Session first = credentials.session(ID, "");
    now = now.plus(Duration.ofMinutes(47));
    assertThat(credentials.session(ID, "")).isEqualTo(first);

    now = now.plus(Duration.ofMinutes(1));
    assertThat(credentials.session(ID, "")).isNotEqualTo(first);
  }

  @Test
  void executions_do_not_share_sessions() {
    assertThat(credentials.session(ID, "")).isNotEqualTo(credentials.session(OTHER, ""));
  }

  @Test
  void a_session_the_cloud_calls_expired_is_not_used_again() {
    Session first = credentials.session(ID, "");
    credentials.forget(first);

    assertThat(credentials.session(ID, "")).isNotEqualTo(first);
  }

  @Test
  void parallel_tasks_of_one_execution_ask_once_and_nobody_else_waits_for_them() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    AtomicInteger slow = new AtomicInteger();
    StsCredentials shared = new StsCredentials(
        Map.of("OOSServiceRole", ARN),
        "OOSServiceRole",
        (arn, name, life) -> {
          if (name.equals(StsCredentials.sessionName(ID))) {
            slow.incrementAndGet();
            asked.countDown();
            wait(answer);
          }
          return new Session(arn, "STS." + name, "secret", "token", now.plus(life));
        },
        () -> now);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Session> first = threads.submit(() -> shared.session(ID, ""));
      wait(asked);
      Future<Session> second = threads.submit(() -> shared.session(ID, ""));

      assertThat(shared.session(OTHER, "").accessKeyId()).contains("zyxw");

      answer.countDown();
      assertThat(first.get()).isEqualTo(second.get());
      assertThat(slow).hasValue(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_refusal_is_not_remembered() {
    AtomicInteger tries = new AtomicInteger();
    StsCredentials moody = new StsCredentials(
        Map.of("OOSServiceRole", ARN),
        "OOSServiceRole",
        (arn, name, life) -> {
          if (tries.incrementAndGet() == 1) {
            throw new IllegalStateException("planted refusal");
          }
          return assume(arn, name, life);
        },
        () -> now);

    assertThatThrownBy(() -> moody.session(ID, "")).hasMessage("planted refusal");
    assertThat(moody.session(ID, "").roleArn()).isEqualTo(ARN);
  }

  private static void wait(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
