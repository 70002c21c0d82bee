package chatops.cloudsim.fc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.clock.Timeline;
import chatops.cloudsim.cloud.CallLog;
import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.identity.Identities;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import chatops.cloudsim.identity.Role;
import chatops.cloudsim.seed.Names;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AsyncQueueTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  private record Delivery(Instant at, String payload, String requestId, String retryCount) {}

  private final SettableClock clock = new SettableClock(START);
  private final Timeline timeline = new Timeline(clock);
  private final Names names = new Names(3);
  private final Identities identities = new Identities("1234567890123456", clock, names);
  private final FunctionCompute functions =
      new FunctionCompute("cn-hangzhou", identities, timeline, names, new CallLog(clock));
  private final Principal.RamUser caller =
      identities.user("front", Policy.allow("fc:InvokeFunction"));
  private final Role role = identities.role("execution", Policy.allow("*"), Role.FUNCTION_COMPUTE);
  private final List<Delivery> deliveries = new ArrayList<>();
  private int failuresToCome;
  private boolean times = true;

  @BeforeEach
  void register() {
    functions.register(spec());
  }

  private FunctionSpec spec() {
    return FunctionSpec.named("execution", role.arn(), this::serve);
  }

  private FunctionRuntime.Reply serve(FunctionRuntime.Request request) throws IOException {
    deliveries.add(new Delivery(
        clock.instant(),
        new String(request.body(), UTF_8),
        header(request, "x-fc-request-id"),
        header(request, "x-fc-retry-count")));
    if (!times) {
      throw new SocketTimeoutException("too slow");
    }
    boolean fails = failuresToCome-- > 0;
    return new FunctionRuntime.Reply(fails ? 500 : 200, List.of(), new byte[0]);
  }

  @Test
  void an_event_is_delivered_once_and_succeeds() {
    submit("c_1", "a");

    timeline.advance(clock, Duration.ofHours(1));

    assertThat(deliveries).extracting(Delivery::payload).containsExactly("a");
    assertThat(task("c_1").state()).isEqualTo(AsyncTask.State.SUCCEEDED);
  }

  @Test
  void a_failed_call_is_retried_three_times_with_the_same_request_id_and_a_rising_count() {
    failuresToCome = 99;
    submit("c_1", "a");

    timeline.advance(clock, Duration.ofHours(1));

    assertThat(deliveries).extracting(Delivery::retryCount).containsExactly("0", "1", "2", "3");
    assertThat(deliveries)
        .extracting(Delivery::requestId)
        .containsOnly(task("c_1").requestId());
    assertThat(deliveries)
        .extracting(delivery -> Duration.between(START, delivery.at()).toSeconds())
        .containsExactly(0L, 1L, 3L, 7L);
    assertThat(task("c_1").state()).isEqualTo(AsyncTask.State.FAILED);
    assertThat(functions.failures()).singleElement().satisfies(message -> {
      assertThat(message.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(4);
      assertThat(message.at("/requestContext/condition").asText()).isEqualTo("RetriesExhausted");
      assertThat(message.path("requestPayload").asText()).isEqualTo("a");
    });
  }

  @Test
  void a_call_that_succeeds_on_its_second_try_is_not_tried_again() {
    failuresToCome = 1;
    submit("c_1", "a");

    timeline.advance(clock, Duration.ofHours(1));

    assertThat(deliveries).hasSize(2);
    assertThat(task("c_1").state()).isEqualTo(AsyncTask.State.SUCCEEDED);
    assertThat(functions.failures()).isEmpty();
  }

  @Test
  void without_retries_a_timeout_is_final() {
    functions.register(spec().retryAttempts(0));
    times = false;
    submit("c_1", "a");

    timeline.advance(clock, Duration.ofHours(1));

    assertThat(deliveries).hasSize(1);
    assertThat(task("c_1").lastError()).isEqualTo("Function timed out after 60 seconds");
  }

  @Test
  void refusals_for_want_of_room_back_off_and_cost_no_retry() {
    functions.queueFaults().throttleNext(4);
    submit("c_1", "a");

    timeline.advance(clock, Duration.ofHours(1));

    // 0.5 + 1 + 2 + 4 seconds later
    assertThat(deliveries).extracting(Delivery::at).containsExactly(START.plusMillis(7500));
    assertThat(deliveries).extracting(Delivery::retryCount).containsExactly("0");
  }

  @Test
  void a_duplicated_event_arrives_twice_and_a_lost_one_never() {
    functions.queueFaults().duplicateNext(1);
    submit("c_1", "twice");
    functions.queueFaults().loseNext(1);
    submit("c_2", "never");

    timeline.advance(clock, Duration.ofDays(2));

    assertThat(deliveries).extracting(Delivery::payload).containsExactly("twice", "twice");
    assertThat(task("c_2").state()).isEqualTo(AsyncTask.State.LOST);
  }

  @Test
  void a_held_event_is_overtaken() {
    functions.queueFaults().holdNext(1, Duration.ofSeconds(5));
    submit("c_1", "first");
    submit("c_2", "second");

    timeline.advance(clock, Duration.ofMinutes(1));

    assertThat(deliveries).extracting(Delivery::payload).containsExactly("second", "first");
  }

  @Test
  void an_event_older_than_its_age_is_dropped_with_a_message() {
    functions.register(spec().eventAge(Duration.ofSeconds(60)));
    functions.invoke(
        Invocation.async("execution", Optional.of("c_1"), Duration.ofSeconds(61), bytes("a")),
        caller);

    timeline.advance(clock, Duration.ofHours(1));

    assertThat(deliveries).isEmpty();
    assertThat(task("c_1").state()).isEqualTo(AsyncTask.State.EXPIRED);
    assertThat(functions.failures()).hasSize(1);
  }

  @Test
  void a_task_id_is_refused_for_seven_days_whatever_became_of_it() {
    submit("c_1", "a");
    timeline.advance(clock, Duration.ofDays(7).minusSeconds(1));
    assertThatThrownBy(() -> submit("c_1", "b"))
        .isInstanceOfSatisfying(
            CloudException.class, refusal -> assertThat(refusal.status()).isEqualTo(409));

    timeline.advance(clock, Duration.ofSeconds(1));
    submit("c_1", "c");
    timeline.runDue();

    assertThat(deliveries).extracting(Delivery::payload).containsExactly("a", "c");
  }

  @Test
  void an_older_cell_answers_a_repeated_task_with_400() {
    functions.register(spec().duplicateTaskStatus(400));
    submit("c_1", "a");

    assertThatThrownBy(() -> submit("c_1", "a"))
        .isInstanceOfSatisfying(
            CloudException.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
  }

  @Test
  void delays_outside_an_hour_and_misshapen_task_ids_are_invalid() {
    assertThatThrownBy(() -> functions.invoke(
            Invocation.async("execution", Optional.empty(), Duration.ofSeconds(3601), bytes("a")),
            caller))
        .hasMessageContaining("0 and 3600");
    assertThatThrownBy(() -> submit("1.starts-with-digit", "a")).hasMessageContaining("task id");
  }

  @Test
  void a_timer_fires_each_interval_with_its_own_event() {
    functions.timer("execution", "sweep", Duration.ofMinutes(1), "{\"k\":1}");

    timeline.advance(clock, Duration.ofSeconds(185));

    assertThat(deliveries)
        .extracting(Delivery::payload)
        .containsExactly(
            "{\"triggerTime\":\"2026-03-01T08:01:00Z\",\"triggerName\":\"sweep\",\"payload\":\"{\\\"k\\\":1}\"}",
            "{\"triggerTime\":\"2026-03-01T08:02:00Z\",\"triggerName\":\"sweep\",\"payload\":\"{\\\"k\\\":1}\"}",
            "{\"triggerTime\":\"2026-03-01T08:03:00Z\",\"triggerName\":\"sweep\",\"payload\":\"{\\\"k\\\":1}\"}");
  }

  private void submit(String taskId, String payload) {
    functions.invoke(
        Invocation.async("execution", Optional.of(taskId), Duration.ZERO, bytes(payload)), caller);
  }

  private AsyncTask task(String taskId) {
    return functions
        .task("execution", taskId)
        .or(() -> functions.tasks("execution").stream()
            .filter(task -> task.taskId().equals(taskId))
            .findFirst())
        .orElseThrow();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String header(FunctionRuntime.Request request, String name) {
    return request.headers().stream()
        .filter(header -> header.getKey().equals(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }
}
