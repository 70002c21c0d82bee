package chatops.local.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;

/**
 * A Unix socket on which one line of JSON is asked and one is answered. The operating system says who is at the other end, so
 * nobody can claim to be somebody else, and a web page cannot reach it at all. Thread-safe.
 */
final class DeskSocket implements AutoCloseable {
  static final int LARGEST = 64 * 1024;

  /** A peer that says nothing for so long is hung up on. */
  private static final int PATIENCE_SECONDS = 10;

  private static final int CALLERS = 32;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServerSocketChannel server;
  private final Path path;
  private final Talk talk;
  private final Semaphore places = new Semaphore(CALLERS);
  private final ExecutorService threads = Executors.newCachedThreadPool(DeskSocket::thread);
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(DeskSocket::thread);

  /** What is answered to a question. */
  interface Talk {
    /** @param user the operating system's name of who asks */
    JsonNode answer(String user, JsonNode question) throws IOException;
  }

  /**
   * @param path where the socket's file is made; what an ended host left there is replaced
   * @param isShared whether other users of this machine may connect, as far as the directory lets them
   */
  DeskSocket(Path path, boolean isShared, Talk talk) throws IOException {
    this.path = path;
    this.talk = talk;
    Files.deleteIfExists(path);
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(isShared ? "rw-rw-rw-" : "rw-------"));
    threads.execute(this::serve);
  }

  private void serve() {
    while (server.isOpen()) {
      try {
        SocketChannel caller = server.accept();
        if (places.tryAcquire()) {
          threads.execute(() -> talk(caller));
        } else {
          caller.close();
        }
      } catch (IOException ended) {
        // closed, or a caller that went away at once: the loop's condition tells which
      }
    }
  }

  private void talk(SocketChannel caller) {
    try (caller) {
      ScheduledFuture<?> end =
          watch.schedule(() -> hangUp(caller), PATIENCE_SECONDS, TimeUnit.SECONDS);
      String user = caller.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
      byte[] question = line(caller);
      end.cancel(false);
      if (question.length > 0) {
        write(caller, talk.answer(user, JSON.readTree(question)));
      }
    } catch (IOException | RuntimeException gone) {
      // whoever asked has hung up, or said no JSON: there is nobody to tell
    } finally {
      places.release();
    }
  }

  private static void hangUp(SocketChannel caller) {
    try {
      caller.close();
    } catch (IOException gone) {
      // so it is closed
    }
  }

  /** What came up to the end of the first line; empty when there was none, or it is too long. */
  static byte[] line(SocketChannel from) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    ByteBuffer piece = ByteBuffer.allocate(8192);
    while (line.size() <= LARGEST && from.read(piece) >= 0) {
      for (piece.flip(); piece.hasRemaining(); ) {
        byte next = piece.get();
        if (next == '\n') {
          return line.toByteArray();
        }
        line.write(next);
      }
      piece.clear();
    }
    return new byte[0];
  }

  static void write(SocketChannel to, JsonNode message) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    line.write(JSON.writeValueAsBytes(message));
    line.write('\n');
    ByteBuffer bytes = ByteBuffer.wrap(line.toByteArray());
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "desk");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
    watch.shutdownNow();
    Files.deleteIfExists(path);
  }
}
