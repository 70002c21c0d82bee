package chatops.execution.aliyun;

import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.CallBack;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.HttpClientConfig;
import com.aliyuncs.http.HttpClientType;
import com.aliyuncs.http.HttpRequest;
import com.aliyuncs.http.HttpResponse;
import com.aliyuncs.http.IHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

/**
 * The SDK's transport on the JDK's HTTP client. The SDK's own choices do not fit here: its Apache client is one per JVM
 * and configured by whoever comes first, its other one cannot keep a connection, and neither can end a body that trickles.
 * The read timeout of a request is the limit of the whole exchange. Never repeats a POST. Thread-safe.
 */
public final class SdkTransport extends IHttpClient {
  private static final String CLIENT = "chatops.http";

  private final HttpClient http;

  /** Called by the SDK, by reflection, with what {@link #over} made. */
  public SdkTransport(HttpClientConfig config) throws ClientException {
    super(config);
    this.http = (HttpClient) config.getExtParam(CLIENT);
  }

  /** SDK settings that make it send through {@code http}. */
  static HttpClientConfig over(HttpClient http) {
    HttpClientConfig config = HttpClientConfig.getDefault();
    config.setClientType(HttpClientType.Custom);
    config.setCustomClientClassName(SdkTransport.class.getName());
    config.setExtParam(CLIENT, http);
    return config;
  }

  @Override
  protected void init(HttpClientConfig config) {
    // nothing to prepare: the client is given
  }

  @Override
  public HttpResponse syncInvoke(HttpRequest request) throws IOException {
    return toSdk(Exchange.send(http, toJdk(request), request.getSysReadTimeout()));
  }

  private static java.net.http.HttpRequest toJdk(HttpRequest request) {
    byte[] content = request.getHttpContent();
    boolean hasBody = request.getSysMethod().hasContent();
    BodyPublisher body = hasBody && content != null && content.length > 0
        ? BodyPublishers.ofByteArray(content)
        : BodyPublishers.noBody();
    java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(
            URI.create(request.getSysUrl()))
        .method(request.getSysMethod().name(), body);
    for (Map.Entry<String, String> header : request.getSysHeaders().entrySet()) {
      String name = header.getKey();
      // these two are the client's own to set
      if (!name.equalsIgnoreCase("Content-Length") && !name.equalsIgnoreCase("Host")) {
        builder.setHeader(name, header.getValue());
      }
    }
    if (request.getHeaderValue("Content-Type") == null && request.getHttpContentType() != null) {
      builder.setHeader(
          "Content-Type",
          request.getContentTypeValue(request.getHttpContentType(), request.getSysEncoding()));
    }
    return builder.build();
  }

  private static HttpResponse toSdk(java.net.http.HttpResponse<byte[]> answer) {
    HttpResponse response = new HttpResponse();
    response.setStatus(answer.statusCode());
    for (Map.Entry<String, List<String>> header : answer.headers().map().entrySet()) {
      response.putHeaderParameter(header.getKey(), String.join(",", header.getValue()));
    }
    String type = answer.headers().firstValue("Content-Type").orElse("");
    String mime = type.split(";", 2)[0].strip();
    response.setHttpContent(answer.body(), "UTF-8", FormatType.mapAcceptToFormat(mime));
    return response;
  }

  @Override
  public Future<HttpResponse> asyncInvoke(HttpRequest request, CallBack callback) {
    throw new UnsupportedOperationException("calls are synchronous");
  }

  @Override
  @Deprecated
  public void ignoreSSLCertificate() {
    throw new UnsupportedOperationException("certificates are always checked");
  }

  @Override
  @Deprecated
  public void restoreSSLCertificate() {
    // they were never ignored
  }

  @Override
  public boolean isSingleton() {
    return false;
  }

  @Override
  public void close() {
    // the JDK client is shared, and closes with its owner
  }
}
