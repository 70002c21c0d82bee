package chatops.benchmarks.acknowledge;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One kept-open connection to a contestant. For one thread. */
final class Conversation implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;

  private final Socket socket = new Socket();
  private byte[] buffer = new byte[16 * 1024];
  private int filled;

  /** @throws IOException when nobody listens yet */
  Conversation(int port) throws IOException {
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MS);
    } catch (IOException refused) {
      socket.close();
      throw refused;
    }
  }

  /** Sends a request and reads the whole answer. @throws IOException also when the answer is no "Accepted" with 200 */
  void acknowledged(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    filled = 0;
    InputStream in = socket.getInputStream();
    int body = -1;
    int end = Integer.MAX_VALUE;
    while (filled < end) {
      int n = in.read(buffer, filled, buffer.length - filled);
      if (n < 0) {
        throw new EOFException("closed after: " + text());
      }
      filled += n;
      if (body < 0) {
        body = text().indexOf("\r\n\r\n") + 4;
        if (body < 4) {
          body = -1;
          continue;
        }
      }
      end = end(body);
    }
    String answer = text();
    if (!answer.startsWith("HTTP/1.1 200") || !answer.contains("Accepted")) {
      throw new IOException("not acknowledged: " + answer);
    }
  }

  /** Where the answer ends, as its head or its last chunk says. */
  private int end(int body) throws IOException {
    String head = text().substring(0, body).toLowerCase(Locale.ROOT);
    int length = head.indexOf("\r\ncontent-length:");
    if (length >= 0) {
      int line = head.indexOf("\r\n", length + 2);
      return body + Integer.parseInt(head.substring(length + 17, line).trim());
    }
    if (!head.contains("transfer-encoding: chunked")) {
      throw new IOException("neither a length nor chunks: " + head);
    }
    return text().endsWith("0\r\n\r\n") ? filled : Integer.MAX_VALUE;
  }

  private String text() {
    return new String(buffer, 0, filled, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
