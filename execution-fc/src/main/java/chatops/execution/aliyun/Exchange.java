package chatops.execution.aliyun;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One exchange on the JDK's HTTP client with a limit for all of it, a body that trickles included. */
final class Exchange {
  private Exchange() {}

  /**
   * @throws ConnectException when the request certainly did not leave
   * @throws SocketTimeoutException when there was no complete answer in time
   */
  static HttpResponse<byte[]> send(HttpClient http, HttpRequest request, long millis)
      throws IOException {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        http.sendAsync(request, BodyHandlers.ofByteArray());
    try {
      return exchange.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw new SocketTimeoutException("no complete answer within " + millis + " ms");
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the answer", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof HttpConnectTimeoutException) {
        throw new ConnectException("no connection within the connect timeout");
      }
      throw cause instanceof IOException io ? io : new IOException(cause);
    }
  }
}
