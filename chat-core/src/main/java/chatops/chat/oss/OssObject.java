package chatops.chat.oss;

import chatops.chat.fc.Deadline;
import chatops.chat.fc.Endpoint;
import chatops.chat.fc.FunctionClient;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One object of a bucket, read again only when it changed (OSS API reference, "GetObject" with {@code If-None-Match}; signature
 * version 4). Not for several threads at once.
 */
public final class OssObject {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final int LARGEST = 1024 * 1024;
  private static final String SCHEME = "oss://";

  private final String bucket;
  private final String name;
  private final String region;
  private final Endpoint endpoint;
  private final FunctionClient.Keys keys;
  private final InstantSource clock;
  private String tag = "";

  /**
   * @param url {@code oss://bucket/name}
   * @param endpoint where OSS listens, as {@code https://oss-cn-hangzhou-internal.aliyuncs.com}; empty for the region's
   *     internal one
   * @throws IllegalArgumentException when the URL names no object; the endpoint, no address
   */
  public OssObject(
      String url, String endpoint, String region, FunctionClient.Keys keys, InstantSource clock) {
    int slash = url.indexOf('/', SCHEME.length());
    if (!isObject(url) || slash < 0 || slash == url.length() - 1) {
      throw new IllegalArgumentException("expected oss://<bucket>/<name of the object>");
    }
    this.bucket = url.substring(SCHEME.length(), slash);
    this.name = url.substring(slash + 1);
    if (!isBucket(bucket)) {
      throw new IllegalArgumentException(
          "a bucket's name has 3 to 63 small letters, digits and hyphens");
    }
    this.region = region;
    this.endpoint = Endpoint.parse(
        endpoint.isEmpty() ? "https://oss-" + region + "-internal.aliyuncs.com" : endpoint);
    this.keys = keys;
    this.clock = clock;
  }

  /** Whether a place is one in OSS. */
  public static boolean isObject(String place) {
    return place.startsWith(SCHEME);
  }

  /**
   * The object's bytes; null when they are those that were read before.
   *
   * @throws FileNotFoundException when there is no such object
   * @throws IOException when OSS does not give it; the message names the status, never a key
   */
  public byte @Nullable [] changed() throws IOException {
    return Deadline.within(TIMEOUT, this::read);
  }

  /** The next {@link #changed} gives the bytes whether they changed or not. */
  public void forget() {
    tag = "";
  }

  private byte @Nullable [] read() throws IOException {
    OssSignature signature = new OssSignature(keys.current(), region, clock.instant());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("x-oss-date", signature.stamp());
    headers.put("x-oss-content-sha256", "UNSIGNED-PAYLOAD");
    if (!signature.key().securityToken().isEmpty()) {
      headers.put("x-oss-security-token", signature.key().securityToken());
    }
    String resource = "/" + bucket + "/" + name;
    String authorization = signature.authorization("GET", resource, Map.of(), headers);
    HttpURLConnection connection = (HttpURLConnection) url().toURL().openConnection(Proxy.NO_PROXY);
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout((int) TIMEOUT.toMillis());
    connection.setReadTimeout((int) TIMEOUT.toMillis());
    for (Map.Entry<String, String> header : headers.entrySet()) {
      connection.setRequestProperty(header.getKey(), header.getValue());
    }
    connection.setRequestProperty("Authorization", authorization);
    if (!tag.isEmpty()) {
      connection.setRequestProperty("If-None-Match", tag);
    }
    try {
      return answer(connection);
    } finally {
      connection.disconnect();
    }
  }

  private byte @Nullable [] answer(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    if (status == HttpURLConnection.HTTP_NOT_MODIFIED) {
      return null;
    }
    if (status == HttpURLConnection.HTTP_NOT_FOUND) {
      throw new FileNotFoundException("there is no object " + this);
    }
    if (status != HttpURLConnection.HTTP_OK) {
      throw new IOException("OSS answered HTTP " + status + " for " + this);
    }
    try (InputStream in = connection.getInputStream()) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException(this + " has more than " + LARGEST + " bytes");
      }
      String now = connection.getHeaderField("ETag");
      tag = now == null ? "" : now;
      return bytes;
    }
  }

  /** A bucket is part of the host's name, but not where the host is this machine. */
  private URI url() {
    boolean isName = endpoint.scheme().equals("https");
    return URI.create(
        isName
            ? "https://" + bucket + "." + endpoint.host() + OssSignature.path("/" + name)
            : endpoint + OssSignature.path("/" + bucket + "/" + name));
  }

  private static boolean isBucket(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean isEnd = i == 0 || i == name.length() - 1;
      if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' && !isEnd)) {
        return false;
      }
    }
    return name.length() >= 3 && name.length() <= 63;
  }

  /** Its place; no secret is in it. */
  @Override
  public String toString() {
    return SCHEME + bucket + "/" + name;
  }
}
