package chatops.local.serve;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.fc.FunctionClient.Receipt;
import chatops.execution.ExecutionHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalQueueTest {
  private static final byte[] MESSAGE = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir
  Path folder = Path.of("");

  private final BlockingQueue<String> delivered = new LinkedBlockingQueue<>();
  private Spool spool = new Spool(folder);

  @BeforeEach
  void spool() throws IOException {
    spool = Spool.in(folder.resolve("queue"));
  }

  private LocalQueue queue() {
    return new LocalQueue(spool, 2, Duration.ofMillis(1), new Metrics());
  }

  private String next() throws InterruptedException {
    return String.valueOf(delivered.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void what_was_accepted_before_the_end_is_delivered_by_the_next_start() throws Exception {
    try (LocalQueue first = queue()) {
      // nobody serves: as when the process ends between the answer and the work
      assertThat(first.submit(MESSAGE, "c_1", Duration.ZERO, SECOND).receipt())
          .isEqualTo(Receipt.ACCEPTED);
      assertThat(first.submit(MESSAGE, "c_1", Duration.ZERO, SECOND).receipt())
          .isEqualTo(Receipt.DUPLICATE);
    }
    assertThat(spool.left()).containsExactly("c_1");

    try (LocalQueue second = queue()) {
      second.serve((event, answer) ->
          delivered.add(new String(event.readAllBytes(), StandardCharsets.UTF_8)));

      assertThat(next()).isEqualTo("{\"a\":1}");
      second.drain(Duration.ofSeconds(20));
    }
    assertThat(spool.left()).isEmpty();
  }

  @Test
  void what_fails_three_times_is_told_as_a_failure_destination_tells_it() throws Exception {
    try (LocalQueue queue = queue()) {
      queue.serve((event, answer) -> {
        String text = new String(event.readAllBytes(), StandardCharsets.UTF_8);
        delivered.add(text);
        if (!text.contains("requestContext")) {
          throw new IOException("the store is away");
        }
      });
      queue.submit(MESSAGE, "c_1", Duration.ZERO, SECOND);

      assertThat(List.of(next(), next(), next())).containsOnly("{\"a\":1}");
      assertThat(next())
          .contains("\"condition\":\"RetriesExhausted\"")
          .contains("\"requestPayload\":\"{\\\"a\\\":1}\"");
      queue.drain(Duration.ofSeconds(20));
    }
    assertThat(spool.left()).isEmpty();
  }

  @Test
  void what_cannot_even_be_given_up_is_not_lost() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    try (LocalQueue queue = queue()) {
      queue.serve((event, answer) -> {
        if (tries.incrementAndGet() <= 4) {
          throw new IOException("the store is away");
        }
        delivered.add(new String(event.readAllBytes(), StandardCharsets.UTF_8));
      });
      queue.submit(MESSAGE, "c_1", Duration.ZERO, SECOND);

      assertThat(next()).isEqualTo("{\"a\":1}");
      queue.drain(Duration.ofSeconds(20));
    }
    assertThat(spool.left()).isEmpty();
  }

  @Test
  void what_cannot_be_read_for_a_while_is_delivered_when_it_can() throws Exception {
    Path file = spool.folder().resolve("c_1.message");
    // as where no more files may be open: it is there, and cannot be read
    Files.createSymbolicLink(file, file);
    try (LocalQueue queue = new LocalQueue(spool, 1, Duration.ofMillis(1), new Metrics())) {
      queue.serve((event, answer) ->
          delivered.add(new String(event.readAllBytes(), StandardCharsets.UTF_8)));
      // the one thread comes to it after the other
      queue.submit("second".getBytes(StandardCharsets.UTF_8), "c_2", Duration.ZERO, SECOND);
      assertThat(next()).isEqualTo("second");

      Path whole = Files.write(folder.resolve("whole"), MESSAGE);
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
      assertThat(next()).isEqualTo("{\"a\":1}");
      queue.drain(Duration.ofSeconds(20));
    }
    assertThat(spool.left()).isEmpty();
  }

  @Test
  void an_error_is_one_message_s_which_is_repeated_and_given_up_like_any_other() throws Exception {
    try (LocalQueue queue = queue()) {
      queue.serve((event, answer) -> {
        String text = new String(event.readAllBytes(), StandardCharsets.UTF_8);
        delivered.add(text);
        if (!text.contains("requestContext")) {
          throw new StackOverflowError("a template that is too deep");
        }
      });
      queue.submit(MESSAGE, "c_1", Duration.ZERO, SECOND);

      assertThat(List.of(next(), next(), next())).containsOnly("{\"a\":1}");
      assertThat(next()).contains("\"condition\":\"RetriesExhausted\"");
      // what comes every minute comes again
      assertThat(queue.attempt(MESSAGE, LocalQueue.Kind.SWEEP)).isFalse();
      queue.drain(Duration.ofSeconds(20));
    }
    assertThat(spool.left()).isEmpty();
  }

  @Test
  void what_failed_inside_is_counted_as_failed_and_not_repeated() throws Exception {
    Metrics metrics = new Metrics();
    try (LocalQueue queue = new LocalQueue(spool, 2, Duration.ofMillis(1), metrics)) {
      queue.serve((event, answer) ->
          answer.write(ExecutionHandler.FAILED.getBytes(StandardCharsets.UTF_8)));

      assertThat(queue.attempt(MESSAGE, LocalQueue.Kind.SWEEP)).isTrue();
    }
    assertThat(metrics.text())
        .contains("chatops_events_total{kind=\"sweep\",outcome=\"failed\"} 1\n")
        .contains("chatops_events_total{kind=\"sweep\",outcome=\"done\"} 0\n");
  }

  @Test
  void what_the_disk_does_not_take_is_refused_for_now_and_taken_when_it_does() throws Exception {
    try (LocalQueue queue = queue()) {
      Files.delete(spool.folder());

      assertThat(queue.submit(MESSAGE, "c_1", Duration.ZERO, SECOND).receipt())
          .isEqualTo(Receipt.THROTTLED);
      assertThat(queue.waiting()).isZero();

      Files.createDirectory(spool.folder());
      assertThat(queue.submit(MESSAGE, "c_1", Duration.ZERO, SECOND).receipt())
          .isEqualTo(Receipt.ACCEPTED);
    }
  }

  @Test
  void what_a_killed_process_had_half_written_is_cleared_away() throws IOException {
    Files.writeString(spool.folder().resolve("part-123"), "half");
    spool.put("c_1", MESSAGE);

    assertThat(Spool.in(spool.folder()).left()).containsExactly("c_1");
    assertThat(spool.folder()).isDirectoryNotContaining("glob:**part-*");
  }

  @Test
  void a_queue_that_drains_takes_nothing_more() throws Exception {
    try (LocalQueue queue = queue()) {
      queue.serve((event, answer) -> {});
      queue.drain(SECOND);

      assertThat(queue.submit(MESSAGE, "c_2", Duration.ZERO, SECOND).receipt())
          .isEqualTo(Receipt.THROTTLED);
    }
    assertThat(spool.left()).isEmpty();
  }

  @Test
  void a_stop_waits_for_no_wake_up_that_is_due_later_and_for_no_repetition() throws Exception {
    try (LocalQueue queue = new LocalQueue(spool, 2, Duration.ofHours(1), new Metrics())) {
      queue.serve((event, answer) -> {
        delivered.add(new String(event.readAllBytes(), StandardCharsets.UTF_8));
        throw new IOException("the store is away");
      });
      queue.submit(MESSAGE, "w_1", Duration.ofHours(1), SECOND);
      queue.submit(MESSAGE, "c_1", Duration.ZERO, SECOND);
      assertThat(next()).isEqualTo("{\"a\":1}");

      assertThat(queue.drain(Duration.ofSeconds(10))).isTrue();
    }
    assertThat(spool.left()).containsExactly("c_1");
  }
}
