package chatops.cloudsim.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The only way out of a sandbox: a socket in its file system that leads to the file endpoint of the simulator and nowhere else, whatever is said over it. Thread-safe.
 */
final class FileRelay implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final ServerSocketChannel server;
  private final InetSocketAddress target;
  private final ExecutorService workers = Executors.newCachedThreadPool(work -> {
    Thread thread = new Thread(work, "sandbox files");
    thread.setDaemon(true);
    return thread;
  });

  FileRelay(Premises premises, URI files) {
    target = new InetSocketAddress(files.getHost(), files.getPort());
    try {
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(premises.socket()));
    } catch (IOException cannotListen) {
      throw new UncheckedIOException("cannot listen on " + premises.socket(), cannotListen);
    }
    premises.openSocket();
    workers.execute(this::accept);
  }

  private void accept() {
    try {
      while (server.isOpen()) {
        SocketChannel client = server.accept();
        workers.execute(() -> relay(client));
      }
    } catch (AsynchronousCloseException closed) {
      // the simulator ends
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void relay(SocketChannel client) {
    try {
      SocketChannel upstream = SocketChannel.open(target);
      workers.execute(() -> copy(client, upstream));
      copy(upstream, client);
      close(client);
      close(upstream);
    } catch (IOException unreachable) {
      close(client);
    }
  }

  private static void copy(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
      to.shutdownOutput();
    } catch (IOException ended) {
      // one side has gone; the other is closed by whoever waits for the answer
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      // nothing is left to be done with it
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException cannotClose) {
      throw new UncheckedIOException(cannotClose);
    }
    workers.shutdownNow();
  }
}
