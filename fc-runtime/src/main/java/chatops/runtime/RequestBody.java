package chatops.runtime;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The bytes of one request, or why they were not taken. */
record RequestBody(byte[] bytes, @Nullable Reply refusal) {
  static RequestBody read(HttpExchange exchange, int limit) {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length != null && isOver(length, limit)) {
      return refused(413, "the body exceeds " + limit + " bytes");
    }
    try {
      byte[] bytes = exchange.getRequestBody().readNBytes(limit + 1);
      return bytes.length > limit
          ? refused(413, "the body exceeds " + limit + " bytes")
          : new RequestBody(bytes, null);
    } catch (IOException broken) {
      return refused(400, "the body could not be read");
    }
  }

  private static boolean isOver(String length, int limit) {
    try {
      return Long.parseLong(length) > limit;
    } catch (NumberFormatException tooLong) {
      return true;
    }
  }

  private static RequestBody refused(int status, String why) {
    return new RequestBody(new byte[0], Reply.refused(status, why));
  }
}
