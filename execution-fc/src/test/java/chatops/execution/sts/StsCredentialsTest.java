package chatops.execution.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiException.Verdict;
import chatops.engine.cloud.Caller;
import chatops.engine.cloud.Session;
import chatops.engine.id.ExecutionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StsCredentialsTest {
  private static final Caller ID =
      new Caller(new ExecutionId("exec-abcdefghijklmnopqrstuvwxyz"), "slack:T1/U1");
  private static final Caller OTHER =
      new Caller(new ExecutionId("exec-zyxwvutsrqponmlkjihgfedcba"), "slack:T1/U1");
  private static final String ARN = "acs:ram::1234567890123456:role/OOSServiceRole";

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final List<String> assumed = new ArrayList<>();
  private final StsCredentials credentials = credentials(SessionNames.PER_EXECUTION, this::assume);

  private StsCredentials credentials(SessionNames names, RoleAssumption assumption) {
    return new StsCredentials(
        () -> new StsCredentials.Roles("OOSServiceRole", Map.of("OOSServiceRole", ARN), names),
        20,
        assumption,
        () -> now,
        () -> now.toEpochMilli() * 1_000_000);
  }

  private Session assume(String arn, String name, Duration life) {
    assumed.add(arn + " " + name);
    return new Session(arn, "STS." + assumed.size(), "secret", "token", now.plus(life));
  }

  @Test
  void the_session_name_carries_the_execution_id_within_32_characters() {
    credentials.session(ID, "OOSServiceRole");

    assertThat(assumed).containsExactly(ARN + " oos-exec-abcdefghijklmnopqrstuv");
    assertThat(SessionNames.PER_EXECUTION.of(ID)).hasSizeLessThanOrEqualTo(32);
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
    StsCredentials shared = credentials(SessionNames.PER_EXECUTION, (arn, name, life) -> {
      if (name.equals(SessionNames.PER_EXECUTION.of(ID))) {
        slow.incrementAndGet();
        asked.countDown();
        wait(answer);
      }
      return new Session(arn, "STS." + name, "secret", "token", now.plus(life));
    });
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
    StsCredentials moody = credentials(SessionNames.PER_EXECUTION, (arn, name, life) -> {
      if (tries.incrementAndGet() == 1) {
        throw new IllegalStateException("planted refusal");
      }
      return assume(arn, name, life);
    });

    assertThatThrownBy(() -> moody.session(ID, "")).hasMessage("planted refusal");
    assertThat(moody.session(ID, "").roleArn()).isEqualTo(ARN);
  }

  @Test
  void executions_of_one_person_may_share_a_session_those_of_two_never_do() {
    StsCredentials shared = credentials(SessionNames.PER_PERSON, this::assume);
    Caller ann = new Caller(ID.execution(), "slack:T1/U1");
    Session first = shared.session(ann, "");

    assertThat(shared.session(new Caller(OTHER.execution(), "slack:T1/U1"), "")).isEqualTo(first);
    assertThat(shared.session(new Caller(ID.execution(), "slack:T1/U2"), "")).isNotEqualTo(first);
    // the readable part is the same for both
    assertThat(shared.session(new Caller(ID.execution(), "slack/T1:U1"), "")).isNotEqualTo(first);
    assertThat(assumed)
        .hasSize(3)
        .allSatisfy(line -> assertThat(line.substring(ARN.length() + 1))
            .matches("oos-[a-z0-9.@_-]{1,15}-[0-9a-f]{12}"));
  }

  @Test
  void sts_is_asked_no_faster_than_it_may_be_and_each_gets_a_turn() {
    List<Caller> callers = IntStream.range(0, 100)
        .mapToObj(i -> new Caller(new ExecutionId("exec-" + (10_000_000 + i)), "slack:T1/U1"))
        .toList();
    Map<Caller, Instant> due = new HashMap<>();
    callers.forEach(caller -> due.put(caller, now));
    Instant start = now;
    Map<Long, Integer> perSecond = new HashMap<>();
    while (!due.isEmpty()) {
      now = due.values().stream().min(Instant::compareTo).orElseThrow();
      for (Caller caller : callers) {
        if (due.containsKey(caller) && !due.get(caller).isAfter(now)) {
          Duration wait = credentials.wait(caller, "");
          if (wait.isZero()) {
            credentials.session(caller, "");
            perSecond.merge(Duration.between(start, now).toSeconds(), 1, Integer::sum);
            due.remove(caller);
          } else {
            due.put(caller, now.plus(wait));
          }
        }
      }
    }

    assertThat(assumed).hasSize(100);
    assertThat(perSecond.values()).allSatisfy(calls -> assertThat(calls).isLessThanOrEqualTo(24));
    assertThat(Duration.between(start, now)).isLessThan(Duration.ofSeconds(7));
  }

  @Test
  void who_asks_out_of_turn_is_told_that_nothing_was_sent() {
    for (int i = 0; i < 50; i++) {
      credentials.wait(new Caller(new ExecutionId("exec-" + (10_000_000 + i)), "x"), "");
    }

    assertThatThrownBy(() -> credentials.session(OTHER, ""))
        .isInstanceOfSatisfying(ApiException.class, e -> {
          assertThat(e.verdict()).isEqualTo(ApiException.Verdict.THROTTLED);
          assertThat(e.api()).isEqualTo("STS.AssumeRole");
        });
    assertThat(assumed).isEmpty();
  }

  @Test
  void a_session_that_cannot_be_renewed_is_used_as_long_as_it_lives() {
    AtomicInteger tries = new AtomicInteger();
    StsCredentials throttled = credentials(SessionNames.PER_EXECUTION, (arn, name, life) -> {
      if (tries.incrementAndGet() > 1) {
        throw new ApiException(
            RoleAssumption.API, "Throttling.User", "slow", "", 400, Verdict.THROTTLED, null);
      }
      return assume(arn, name, life);
    });
    Session first = throttled.session(ID, "");

    now = now.plus(Duration.ofMinutes(49));
    assertThat(throttled.wait(ID, "")).isZero();
    assertThat(throttled.session(ID, "")).isEqualTo(first);
    assertThat(throttled.session(ID, "")).isEqualTo(first);
    assertThat(tries).as("not with each call").hasValue(2);

    now = now.plus(Duration.ofMinutes(10).plusSeconds(30));
    assertThatThrownBy(() -> throttled.session(ID, "")).isInstanceOf(ApiException.class);
  }

  private static void wait(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
