package chatops.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.fc.runtime.StreamRequestHandler;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ConcurrencyTest {
  private final ExecutorService callers = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    callers.shutdownNow();
  }

  @Test
  void two_executions_with_two_roles_interleave_in_one_instance_and_keep_their_keys()
      throws Exception {
    CyclicBarrier step = new CyclicBarrier(2);
    StreamRequestHandler handler = (in, out, context) -> {
      StringBuilder seen = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        await(step);
        seen.append(context.getExecutionCredentials().getAccessKeyId()).append(' ');
        context.getLogger().info("as " + context.getExecutionCredentials().getAccessKeyId());
        await(step);
      }
      out.write(seen.toString().getBytes(UTF_8));
    };
    try (Running function = new Running(handler)) {
      Future<HttpResponse<String>> ann = callers.submit(() -> function.send(as(function, "ann")));
      Future<HttpResponse<String>> ben = callers.submit(() -> function.send(as(function, "ben")));

      assertThat(ann.get().body()).isEqualTo("ann-key ".repeat(50));
      assertThat(ben.get().body()).isEqualTo("ben-key ".repeat(50));
      assertThat(function.log().lines().filter(line -> line.contains("as ann-key")))
          .hasSize(50)
          .allMatch(line -> line.contains(" ann ["));
      assertThat(step.getNumberWaiting()).isZero();
    }
  }

  private static java.net.http.HttpRequest.Builder as(Running function, String who) {
    return function
        .event("")
        .header("x-fc-request-id", who)
        .header("x-fc-access-key-id", who + "-key")
        .header("x-fc-access-key-secret", who + "-secret")
        .header("x-fc-security-token", who + "-token");
  }

  @Test
  void no_more_than_the_set_number_run_at_once_and_a_thousand_are_all_answered() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    StreamRequestHandler handler = (in, out, context) -> {
      most.accumulateAndGet(running.incrementAndGet(), Math::max);
      in.transferTo(out);
      Thread.yield();
      running.decrementAndGet();
    };
    try (Running function = new Running(handler, options -> options.withConcurrency(8))) {
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        String body = "message " + i;
        answers.add(callers.submit(() -> function.send(function.event(body))));
      }

      for (int i = 0; i < 1000; i++) {
        assertThat(answers.get(i).get().statusCode()).isEqualTo(200);
        assertThat(answers.get(i).get().body()).isEqualTo("message " + i);
      }
      assertThat(most.get()).isBetween(2, 8);
    }
  }

  @Test
  void a_slow_handler_does_not_hold_up_its_neighbours() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    StreamRequestHandler handler = (in, out, context) -> {
      if (new String(in.readAllBytes(), UTF_8).equals("slow")) {
        await(release);
      }
    };
    try (Running function = new Running(handler, options -> options.withConcurrency(2))) {
      Future<HttpResponse<String>> slow =
          callers.submit(() -> function.send(function.event("slow")));

      for (int i = 0; i < 20; i++) {
        assertThat(function.send(function.event("fast")).statusCode()).isEqualTo(200);
      }
      assertThat(slow).isNotDone();
      release.countDown();
      assertThat(slow.get().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_stop_lets_the_invocations_under_way_finish_and_admits_no_other() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    StreamRequestHandler handler = (in, out, context) -> {
      entered.countDown();
      await(release);
      out.write("finished".getBytes(UTF_8));
    };
    Running function = new Running(handler);
    Future<HttpResponse<String>> under = callers.submit(() -> function.send(function.event("")));
    await(entered);

    Future<?> stop = callers.submit(function::close);
    HttpResponse<String> late = refused(function);

    assertThat(late.headers().firstValue("x-fc-status")).hasValue("404");
    assertThat(stop).isNotDone();
    release.countDown();
    assertThat(under.get().body()).isEqualTo("finished");
    stop.get();
  }

  /** Asks until the stop, which runs on another thread, has begun. */
  private HttpResponse<String> refused(Running function) throws Exception {
    while (true) {
      Future<HttpResponse<String>> probe = callers.submit(() -> function.send(
          function.request("/initialize").POST(java.net.http.HttpRequest.BodyPublishers.noBody())));
      HttpResponse<String> answer = probe.get();
      if (answer.statusCode() == 503) {
        return answer;
      }
    }
  }

  @Test
  void a_stop_waits_no_longer_than_the_drain_time() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    StreamRequestHandler handler = (in, out, context) -> {
      entered.countDown();
      await(new CountDownLatch(1));
    };
    Running function = new Running(handler, options -> options.withDrain(Duration.ofMillis(50)));
    Future<HttpResponse<String>> cut = callers.submit(() -> function.send(function.event("")));
    await(entered);

    long start = System.nanoTime();
    function.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
    assertThat(cut).failsWithin(Duration.ofSeconds(20));
  }

  @Test
  void pre_stop_waits_for_the_invocations_under_way() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    StreamRequestHandler handler = (in, out, context) -> {
      entered.countDown();
      await(release);
    };
    try (Running function = new Running(handler)) {
      callers.submit(() -> function.send(function.event("")));
      await(entered);
      Future<HttpResponse<String>> stop =
          callers.submit(() -> function.send(function.request("/pre-stop")));

      assertThat(function
              .send(function
                  .request("/initialize")
                  .POST(java.net.http.HttpRequest.BodyPublishers.noBody()))
              .statusCode())
          .isEqualTo(200);
      assertThat(stop).isNotDone();
      release.countDown();
      assertThat(stop.get().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_kept_connection_is_answered_without_the_forty_milliseconds_of_a_delayed_acknowledgement()
      throws Exception {
    try (Running function = new Running((in, out, context) -> in.transferTo(out))) {
      for (int i = 0; i < 50; i++) {
        function.send(function.event("warm"));
      }
      List<Long> nanos = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        long start = System.nanoTime();
        function.send(function.event("x"));
        nanos.add(System.nanoTime() - start);
      }
      nanos.sort(null);
      // the quickest, because the machine may be busy; the stall, where it is, is in every answer
      assertThat(Duration.ofNanos(nanos.get(0))).isLessThan(Duration.ofMillis(35));
    }
  }

  private static void await(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException apart) {
      throw new IOException("the two did not meet", apart);
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IOException("not released");
      }
    } catch (InterruptedException stopped) {
      throw new IOException("stopped", stopped);
    }
  }
}
