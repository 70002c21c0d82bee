package chatops.runtime;

import com.sun.net.httpserver.HttpExchange;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A raw request of an HTTP trigger as the event a managed runtime would hand to its handler (manual, "HTTP trigger
 * request structure", version {@code v1}): header names in Go's case, repeats joined by commas, the body as text where
 * its type is textual and its bytes are UTF-8, else in Base64.
 */
final class HttpEvent {
  private HttpEvent() {}

  static byte[] json(
      HttpExchange exchange, byte[] body, InvocationContext context, ServerOptions options) {
    Map<String, String> headers = headers(exchange);
    String host = name(headers.getOrDefault("Host", ""));
    Instant now = options.clock().instant();
    String text = text(body, headers.getOrDefault("Content-Type", ""));
    boolean binary = text.isEmpty() && body.length > 0;

    JsonText json = new JsonText(body.length + 1024);
    json.open();
    json.field("version", "v1");
    json.field("rawPath", rawPath(exchange));
    json.object("headers", headers);
    json.object("queryParameters", query(exchange.getRequestURI().getRawQuery()));
    json.field("body", binary ? Base64.getEncoder().encodeToString(body) : text);
    json.field("isBase64Encoded", binary);
    json.open("requestContext");
    json.field("accountId", context.accountId());
    json.field("domainName", host);
    json.field("domainPrefix", host.contains(".") ? host.substring(0, host.indexOf('.')) : host);
    json.field("requestId", context.getRequestId());
    json.field("time", now.truncatedTo(ChronoUnit.MILLIS).toString());
    json.field("timeEpoch", Long.toString(now.toEpochMilli()));
    json.open("http");
    json.field("method", exchange.getRequestMethod());
    json.field("path", exchange.getRequestURI().getPath());
    json.field("protocol", exchange.getProtocol());
    json.field("sourceIp", sourceIp(exchange, headers));
    json.field("userAgent", headers.getOrDefault("User-Agent", ""));
    json.close();
    json.close();
    json.close();
    return json.bytes();
  }

  /** The same request for a handler that wants no JSON. */
  static HttpTriggerHandler.Request request(HttpExchange exchange, byte[] body) {
    return new HttpTriggerHandler.Request(
        exchange.getRequestMethod(),
        rawPath(exchange),
        headers(exchange),
        query(exchange.getRequestURI().getRawQuery()),
        body);
  }

  private static String rawPath(HttpExchange exchange) {
    String path = exchange.getRequestURI().getRawPath();
    return path == null || path.isEmpty() ? "/" : path;
  }

  private static Map<String, String> headers(HttpExchange exchange) {
    Map<String, String> headers = new TreeMap<>();
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      if (!FcHeaders.isFc(header.getKey())) {
        headers.put(goCase(header.getKey()), utf8(String.join(",", header.getValue())));
      }
    }
    return headers;
  }

  /** Go's canonical form: upper case at the start and after each hyphen, lower case elsewhere. */
  static String goCase(String name) {
    StringBuilder out = new StringBuilder(name.length());
    boolean upper = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = c < 128 && Character.isLetter(c);
      out.append(!letter ? c : upper ? Character.toUpperCase(c) : Character.toLowerCase(c));
      upper = c == '-';
    }
    return out.toString();
  }

  /** The JDK's server reads header bytes as Latin-1. */
  private static String utf8(String latin1) {
    for (int i = 0; i < latin1.length(); i++) {
      if (latin1.charAt(i) > 127) {
        return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      }
    }
    return latin1;
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> parameters = new TreeMap<>();
    if (raw == null || raw.isEmpty()) {
      return parameters;
    }
    int start = 0;
    while (start <= raw.length()) {
      int end = raw.indexOf('&', start);
      end = end < 0 ? raw.length() : end;
      String pair = raw.substring(start, end);
      start = end + 1;
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      if (!pair.isEmpty()) {
        parameters.merge(
            name, equals < 0 ? "" : decoded(pair.substring(equals + 1)), (a, b) -> a + "," + b);
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }

  /** The body as text, or empty where it is not one. */
  private static String text(byte[] body, String type) {
    String kind = type.toLowerCase(Locale.ROOT);
    boolean textual = kind.isEmpty()
        || kind.startsWith("text/")
        || kind.contains("json")
        || kind.contains("xml")
        || kind.contains("javascript")
        || kind.contains("x-www-form-urlencoded");
    if (!textual) {
      return "";
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException binary) {
      return "";
    }
  }

  private static String name(String host) {
    int colon = host.lastIndexOf(':');
    return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
  }

  /** Behind the platform the peer is the platform; its last entry in the forwarding list is the one it saw itself. */
  private static String sourceIp(HttpExchange exchange, Map<String, String> headers) {
    String forwarded = headers.getOrDefault("X-Forwarded-For", "");
    if (!forwarded.isEmpty()) {
      return forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
    }
    InetSocketAddress peer = exchange.getRemoteAddress();
    return peer.getAddress() == null ? "" : peer.getAddress().getHostAddress();
  }
}
