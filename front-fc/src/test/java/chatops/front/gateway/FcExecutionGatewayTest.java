package chatops.front.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.chat.fc.FunctionClient;
import chatops.chat.handover.HandOver;
import chatops.chat.handover.HandOverException;
import chatops.chat.handover.HandOverJson;
import chatops.chat.reply.Seal;
import chatops.fc2.FunctionClients;
import chatops.front.FrontBench;
import chatops.front.ScriptedExecution;
import chatops.front.gateway.ExecutionGateway.Outcome;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The real FC 3 client against a peer that misbehaves. */
class FcExecutionGatewayTest {
  private static final HandOver MESSAGE = new HandOver.Wake("exec-1", 1);
  private static final Seal SEAL = new Seal(FrontBench.SEAL_KEYS);
  private static final String SEAL_OF_ANOTHER = "k9:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
  private static final String TASK = "c_0123456789abcdef";

  @RegisterExtension
  static final WireMockExtension FC = WireMockExtension.newInstance()
      .options(options().dynamicPort().bindAddress("127.0.0.1"))
      .build();

  private final List<String> log = new ArrayList<>();

  @Test
  void accepted_at_once_is_one_request() {
    answers(aResponse().withStatus(202));

    assertThat(gateway().handOver(MESSAGE, TASK)).isEqualTo(Outcome.ACCEPTED);
    assertThat(requests()).hasSize(1);
  }

  @Test
  void a_reply_lost_on_the_way_is_asked_for_with_the_same_task_and_found_accepted() {
    answers(
        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
        aResponse()
            .withStatus(409)
            .withBody("{\"ErrorCode\":\"StatefulAsyncInvocationAlreadyExists\"}"));

    assertThat(gateway().handOver(MESSAGE, TASK)).isEqualTo(Outcome.ACCEPTED);
    assertThat(requests()).hasSize(2).allMatch(r -> TASK.equals(r.getHeader("x-fc-async-task-id")));
  }

  @Test
  void what_function_compute_keeps_and_shows_tells_nothing_of_the_message() {
    answers(aResponse().withStatus(202));

    gateway().handOver(MESSAGE, TASK);

    byte[] body = requests().get(0).getBody();
    assertThat(new String(body, StandardCharsets.UTF_8))
        .contains("\"type\":\"sealed\"")
        // but which execution it is about: an id that opens nothing, by which a message that does
        // not open is found
        .contains("\"executionId\":\"exec-1\"")
        .doesNotContain("wake");
    assertThat(HandOverJson.decode(body, SEAL)).isEqualTo(MESSAGE);
    assertThatThrownBy(() -> HandOverJson.decode(body, new Seal(SEAL_OF_ANOTHER)))
        .isInstanceOf(HandOverException.class)
        .hasMessageContaining("CHATOPS_SEAL_KEYS");
  }

  @Test
  void silence_twice_is_unknown_and_not_waited_for() {
    answers(
        aResponse().withStatus(202).withFixedDelay(60_000),
        aResponse().withStatus(202).withFixedDelay(60_000));
    long start = System.nanoTime();

    Outcome outcome = gateway().handOver(MESSAGE, TASK);

    assertThat(outcome).isEqualTo(Outcome.UNKNOWN);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    assertThat(requests()).hasSize(2);
  }

  @Test
  void both_tries_together_may_take_less_than_two_seconds() {
    List<Duration> timeouts = new ArrayList<>();
    FunctionClient silent = new ScriptedExecution() {
      @Override
      public Submission submit(byte[] message, String taskId, Duration delay, Duration timeout) {
        timeouts.add(timeout);
        return new Submission(Receipt.UNKNOWN, "", "no answer");
      }
    };

    new FcExecutionGateway(silent, SEAL, line -> {}).handOver(MESSAGE, TASK);

    assertThat(timeouts).hasSize(2);
    assertThat(timeouts.stream().reduce(Duration.ZERO, Duration::plus))
        .isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void garbage_and_server_errors_are_unknown() {
    answers(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE), aResponse().withStatus(500));

    assertThat(gateway().handOver(MESSAGE, TASK)).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void throttled_twice_is_not_accepted() {
    answers(aResponse().withStatus(429), aResponse().withStatus(429));

    assertThat(gateway().handOver(MESSAGE, TASK)).isEqualTo(Outcome.REJECTED);
  }

  @Test
  void refused_is_told_after_one_request() {
    answers(aResponse().withStatus(403).withBody("{\"ErrorCode\":\"AccessDenied\"}"));

    assertThat(gateway().handOver(MESSAGE, TASK)).isEqualTo(Outcome.REJECTED);
    assertThat(requests()).hasSize(1);
    assertThat(log)
        .anyMatch(line -> line.contains("REJECTED"))
        .noneMatch(line -> line.contains("secret"));
  }

  @Test
  void a_question_is_answered_or_fails_and_is_asked_once() throws IOException {
    answers(aResponse().withStatus(200).withBody("{}"));
    assertThat(new String(gateway().ask(MESSAGE), StandardCharsets.UTF_8)).isEqualTo("{}");

    answers(aResponse()
        .withStatus(200)
        .withHeader("X-Fc-Error-Type", "UnhandledInvocationError")
        .withBody("{\"errorMessage\":\"secret\"}"));
    assertThatThrownBy(() -> gateway().ask(MESSAGE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("UnhandledInvocationError")
        .hasMessageNotContaining("secret");

    answers(aResponse().withStatus(500));
    assertThatThrownBy(() -> gateway().ask(MESSAGE)).isInstanceOf(IOException.class);
    assertThat(requests()).hasSize(1);
  }

  private static void answers(ResponseDefinitionBuilder... answers) {
    FC.resetAll();
    String state = Scenario.STARTED;
    for (int i = 0; i < answers.length; i++) {
      FC.stubFor(post(anyUrl())
          .inScenario("fc")
          .whenScenarioStateIs(state)
          .willReturn(answers[i])
          .willSetStateTo("after " + i));
      state = "after " + i;
    }
  }

  private static List<LoggedRequest> requests() {
    return FC.findAll(postRequestedFor(anyUrl()));
  }

  private FcExecutionGateway gateway() {
    FunctionClient client = FunctionClients.fromEnvironment(
        Map.of("EXECUTION_FUNCTION", "chatops-execution", "FC_ENDPOINT", FC.baseUrl()),
        () -> new FunctionClient.Key("ak", "secret", "token"));
    return new FcExecutionGateway(client, SEAL, log::add);
  }
}
