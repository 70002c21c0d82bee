package chatops.cloudsim.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Sends requests exactly as given (Host header included, no header of its own beyond what HTTP needs), follows no redirects, keeps no cookies. Thread-safe. */
public final class WebClient implements AutoCloseable {
  private static final int LARGEST_REPLY = 33 * 1024 * 1024;
  private final HttpClient client;

  public WebClient() {
    client = new HttpClient();
    QueuedThreadPool threads = new QueuedThreadPool(32, 2);
    threads.setName("cloud-sim client");
    threads.setDaemon(true);
    client.setExecutor(threads);
    client.setFollowRedirects(false);
    client.setUserAgentField(null);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setMaxConnectionsPerDestination(512);
    // whoever sends waits for the answer, so what queues here is bounded by them; a refusal of ours
    // would look like one of the function
    client.setMaxRequestsQueuedPerDestination(Integer.MAX_VALUE);
    client.setConnectTimeout(2000);
    // each request has its own limit; a function may be silent for minutes
    client.setIdleTimeout(0);
    try {
      client.start();
      client.getContentDecoderFactories().clear();
      // replies such as 401, 302 or 100 are handed on as they are
      client.getProtocolHandlers().clear();
    } catch (Exception cannotStart) {
      throw new IllegalStateException("the simulator's web client does not start", cannotStart);
    }
  }

  /**
   * Sends one request.
   *
   * @throws SocketTimeoutException when there is no answer within {@code timeout}
   * @throws ConnectException when nobody listens
   */
  public WebReply send(
      String method,
      URI url,
      List<Map.Entry<String, String>> headers,
      byte[] body,
      Duration timeout)
      throws IOException {
    Request request =
        client.newRequest(url).method(method).timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    String contentType = null;
    for (Map.Entry<String, String> header : headers) {
      if (header.getKey().equalsIgnoreCase("Content-Type") && contentType == null) {
        contentType = header.getValue();
      } else {
        request.headers(fields -> fields.add(header.getKey(), header.getValue()));
      }
    }
    if (body.length > 0 || contentType != null) {
      request.body(new BytesRequestContent(
          contentType == null ? "application/octet-stream" : contentType, body));
    }
    try {
      return reply(
          new CompletableResponseListener(request, LARGEST_REPLY).send().get());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + url.getAuthority(), interrupted);
    } catch (ExecutionException failed) {
      throw failure(failed.getCause(), url);
    }
  }

  private static IOException failure(@Nullable Throwable cause, URI url) {
    if (cause instanceof TimeoutException) {
      SocketTimeoutException timedOut =
          new SocketTimeoutException("no answer in time from " + url.getAuthority());
      timedOut.initCause(cause);
      return timedOut;
    }
    if (cause instanceof ConnectException refused) {
      return refused;
    }
    return new IOException("the exchange with " + url.getAuthority() + " broke", cause);
  }

  private static WebReply reply(ContentResponse response) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    response
        .getHeaders()
        .forEach(
            field -> headers.add(Map.entry(field.getName(), String.valueOf(field.getValue()))));
    return new WebReply(response.getStatus(), headers, response.getContent(), Duration.ZERO, false);
  }

  @Override
  public void close() {
    try {
      client.stop();
    } catch (Exception cannotStop) {
      throw new IllegalStateException("the simulator's web client does not stop", cannotStop);
    }
  }
}
