package chatops.local.page;

import chatops.local.text.Texts;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The chat page on a loopback port. The port is taken at once, the page is served when there are rooms to show. */
public final class PageServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4, PageServer::thread);
  private final Texts texts;
  private final StartToken token;

  /**
   * @param port 0 picks a free one
   * @throws java.net.BindException when another program has the port
   */
  public PageServer(int port, Texts texts, StartToken token) throws IOException {
    this.texts = texts;
    this.token = token;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
    server.setExecutor(threads);
  }

  public void serve(ChatRooms rooms) {
    PageGate gate = new PageGate(server.getAddress().getPort(), token);
    server.createContext("/", new PageDoor(rooms, texts, gate));
    server.start();
  }

  /** Where the page is, without the token. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** What to open: the token is in the fragment, which browsers keep to themselves. */
  public URI invitation() {
    return URI.create(address() + "#start=" + token.value());
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "chat-page");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
