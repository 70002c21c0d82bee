package chatops.chat.fc;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.fc.FunctionClient.Receipt;
import chatops.chat.fc.FunctionClient.Submission;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DeliveryTest {
  private final Queue<Submission> answers = new ArrayDeque<>();
  private final List<String> sent = new ArrayList<>();

  private Submission delivered(Submission... script) {
    answers.addAll(List.of(script));
    FunctionClient client = new FunctionClient() {
      @Override
      public Submission submit(byte[] message, String taskId, Duration delay, Duration timeout) {
        sent.add(message.length + " bytes, " + taskId + ", " + delay + ", " + timeout);
        return answers.remove();
      }

      @Override
      public Answer invoke(byte[] message, Duration timeout) {
        throw new UnsupportedOperationException();
      }
    };
    return client.deliver(new byte[3], "c_1", Duration.ofSeconds(2), Duration.ofMillis(800));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
  void what_is_clear_is_told_as_it_is_after_one_try(Receipt clear) {
    Submission answer = new Submission(clear, "1-65", "detail");

    assertThat(delivered(answer)).isEqualTo(answer);
    assertThat(sent).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "ACCEPTED,  ACCEPTED",
    // the first try had arrived: it is this message, not an earlier one
    "DUPLICATE, ACCEPTED",
    // the first try may have arrived all the same
    "REJECTED,  UNKNOWN",
    "THROTTLED, UNKNOWN",
    "UNKNOWN,   UNKNOWN",
  })
  void after_silence_the_same_is_sent_once_more_and_both_tries_are_told(
      Receipt second, Receipt told) {
    Submission answer = delivered(
        new Submission(Receipt.UNKNOWN, "", "no answer: SocketException"),
        new Submission(second, "1-66", "said"));

    assertThat(answer)
        .isEqualTo(new Submission(told, "1-66", "no answer: SocketException; again: said"));
    assertThat(sent).hasSize(2).containsOnly("3 bytes, c_1, PT2S, PT0.8S");
  }

  @Test
  void a_server_error_is_told_by_its_request_where_the_second_try_has_none() {
    Submission answer = delivered(
        new Submission(Receipt.UNKNOWN, "1-65", "500"),
        new Submission(Receipt.UNKNOWN, "", "no answer: SocketTimeoutException"));

    assertThat(answer.requestId()).isEqualTo("1-65");
  }

  @Test
  void whoever_was_interrupted_does_not_try_again() {
    Thread.currentThread().interrupt();
    try {
      assertThat(delivered(new Submission(Receipt.UNKNOWN, "", "no answer")).receipt())
          .isEqualTo(Receipt.UNKNOWN);
      assertThat(sent).hasSize(1);
    } finally {
      Thread.interrupted();
    }
  }
}
