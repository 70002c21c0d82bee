package chatops.execution;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.fc.Endpoint;
import chatops.chat.fc.Fc3FunctionClient;
import chatops.chat.fc.FunctionClient;
import chatops.engine.id.ExecutionId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SelfInvokerTest {
  private static final ExecutionId ID = new ExecutionId("exec-selfinvoker01");
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");
  private static final Pattern TASK = Pattern.compile("(?i)x-fc-async-task-id: *(\\S+)");

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Log log =
      new Log(new PrintStream(said, true, StandardCharsets.UTF_8), InstantSource.system());

  /** Takes one message of each connection; promises to keep it, and does not. */
  private static void answerOnceEach(ServerSocket server, Queue<String> tasks) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
          int read = socket.getInputStream().read();
          if (read < 0) {
            throw new IOException("closed before its head ended");
          }
          head.append((char) read);
        }
        socket.getInputStream().readNBytes(Integer.parseInt(found(LENGTH, head)));
        tasks.add(found(TASK, head));
        socket
            .getOutputStream()
            .write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
      } catch (IOException closed) {
        // ends with the loop's condition
      }
    }
  }

  private static String found(Pattern pattern, CharSequence text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "0";
  }

  @Test
  void a_wake_up_over_a_connection_that_was_closed_meanwhile_arrives_at_the_second_try()
      throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Queue<String> tasks = new ConcurrentLinkedQueue<>();
      Thread peer = new Thread(() -> answerOnceEach(server, tasks), "closing-peer");
      peer.setDaemon(true);
      peer.start();
      FunctionClient client = new Fc3FunctionClient(
          Endpoint.parse("http://127.0.0.1:" + server.getLocalPort()),
          "execution",
          () -> new FunctionClient.Key("id", "secret", ""),
          InstantSource.system());
      SelfInvoker invoker = new SelfInvoker(client, InstantSource.system(), log);

      for (int version = 1; version <= 6; version++) {
        invoker.wake(ID, version, Instant.now());
      }

      assertThat(tasks)
          .containsExactly(
              "w_" + ID + "_1",
              "w_" + ID + "_2",
              "w_" + ID + "_3",
              "w_" + ID + "_4",
              "w_" + ID + "_5",
              "w_" + ID + "_6");
      assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    }
  }

  /** Function Compute as a script. */
  private static final class Scripted implements FunctionClient {
    private final Queue<Receipt> receipts;
    private final List<Duration> timeouts = new ArrayList<>();

    Scripted(Receipt... receipts) {
      this.receipts = new ConcurrentLinkedQueue<>(List.of(receipts));
    }

    @Override
    public Submission submit(byte[] message, String taskId, Duration delay, Duration timeout) {
      timeouts.add(timeout);
      return new Submission(receipts.remove(), "", "scripted");
    }

    @Override
    public Answer invoke(byte[] message, Duration timeout) {
      throw new UnsupportedOperationException();
    }
  }

  private List<Duration> tries(FunctionClient.Receipt... receipts) {
    Scripted fc = new Scripted(receipts);
    new SelfInvoker(fc, InstantSource.system(), log).wake(ID, 1, Instant.now());
    return fc.timeouts;
  }

  @Test
  void a_worker_is_held_up_for_three_seconds_at_most_and_what_is_lost_is_logged() {
    assertThat(tries(FunctionClient.Receipt.UNKNOWN, FunctionClient.Receipt.DUPLICATE).stream()
            .reduce(Duration.ZERO, Duration::plus))
        .isLessThanOrEqualTo(Duration.ofSeconds(3));
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();

    tries(FunctionClient.Receipt.UNKNOWN, FunctionClient.Receipt.UNKNOWN);
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("wake-up not taken");
  }

  @Test
  void a_wake_up_that_is_refused_is_not_sent_again_since_the_sweep_comes_by() {
    for (FunctionClient.Receipt clear :
        List.of(FunctionClient.Receipt.REJECTED, FunctionClient.Receipt.THROTTLED)) {
      assertThat(tries(clear)).hasSize(1);
    }
  }
}
