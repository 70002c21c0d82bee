package chatops.chat.fc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import chatops.chat.fc.FunctionClient.Key;
import chatops.chat.fc.FunctionClient.Receipt;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuickHandshakeTest {
  private static final int X25519 = 0x001d;
  private static final int P256 = 0x0017;
  private static final int KEY_SHARE = 51;
  /** handshake_failure (RFC 8446, 6.2). */
  private static final byte[] REFUSAL = {21, 3, 3, 0, 2, 2, 40};

  private final BlockingQueue<List<Integer>> shares = new LinkedBlockingQueue<>();

  @BeforeEach
  @AfterEach
  void forget() {
    QuickHandshake.forget();
  }

  @Test
  void x25519_is_offered_alone_until_a_peer_refuses_it() throws Exception {
    assumeThat(Runtime.version().feature())
        .as("groups can be chosen from Java 20 on")
        .isGreaterThanOrEqualTo(20);
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> refuse(server), "refusing-peer");
      thread.setDaemon(true);
      thread.start();
      FunctionClient client = new Fc3FunctionClient(
          Endpoint.parse("https://127.0.0.1:" + server.getLocalPort()),
          "execution",
          () -> new Key("id", "secret", "token"),
          InstantSource.fixed(Instant.EPOCH));

      assertThat(submit(client)).isEqualTo(Receipt.UNKNOWN);
      assertThat(shares.poll(30, TimeUnit.SECONDS)).containsExactly(X25519);

      assertThat(submit(client)).isEqualTo(Receipt.UNKNOWN);
      assertThat(shares.poll(30, TimeUnit.SECONDS)).contains(X25519, P256);
    }
  }

  private static Receipt submit(FunctionClient client) {
    return client
        .submit(new byte[] {1}, "c_1", Duration.ZERO, Duration.ofSeconds(20))
        .receipt();
  }

  private void refuse(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        in.skipNBytes(3);
        shares.add(keyShares(ByteBuffer.wrap(in.readNBytes(in.readUnsignedShort()))));
        socket.getOutputStream().write(REFUSAL);
      } catch (IOException closed) {
        // ends with the loop's condition
      }
    }
  }

  /** @param hello a ClientHello (RFC 8446, 4.1.2) */
  private static List<Integer> keyShares(ByteBuffer hello) {
    hello.position(4 + 2 + 32);
    skip(hello, hello.get() & 0xff);
    skip(hello, hello.getShort() & 0xffff);
    skip(hello, hello.get() & 0xff);
    hello.getShort();
    List<Integer> groups = new ArrayList<>();
    while (hello.hasRemaining()) {
      int type = hello.getShort() & 0xffff;
      int end = (hello.getShort() & 0xffff) + hello.position();
      if (type == KEY_SHARE) {
        hello.getShort();
        while (hello.position() < end) {
          groups.add(hello.getShort() & 0xffff);
          skip(hello, hello.getShort() & 0xffff);
        }
      }
      hello.position(end);
    }
    return groups;
  }

  private static void skip(ByteBuffer in, int bytes) {
    in.position(in.position() + bytes);
  }
}
