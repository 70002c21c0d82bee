package chatops.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RequestLogTest {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final RequestLog log = new RequestLog(lines::add);

  @Test
  @Timeout(60)
  void lines_of_concurrent_invocations_can_be_told_apart() throws InterruptedException {
    CyclicBarrier meeting = new CyclicBarrier(2);
    List<Thread> threads = List.of(invocation("1-a", meeting), invocation("1-b", meeting));
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(lines)
        .containsExactlyInAnyOrder(
            "invocation=1-a first", "invocation=1-b first",
            "invocation=1-a second", "invocation=1-b second");
  }

  private Thread invocation(String id, CyclicBarrier meeting) {
    return new Thread(() -> {
      log.begin(id);
      log.line("first");
      try {
        meeting.await();
      } catch (InterruptedException | BrokenBarrierException e) {
        throw new IllegalStateException(e);
      }
      log.line("second");
      log.end();
    });
  }

  @Test
  void outside_an_invocation_a_line_stays_as_it_is() {
    log.begin("1-a");
    log.end();
    log.line("after");
    log.begin("");
    log.line("without an id");

    assertThat(lines).containsExactly("after", "without an id");
  }

  @Test
  void what_somebody_sends_makes_no_line_of_its_own() {
    log.line("refused path=/x\ninvocation=1-z decision person=bob\u2028\u0085end");

    assertThat(lines).containsExactly("refused path=/x?invocation=1-z decision person=bob??end");
  }
}
