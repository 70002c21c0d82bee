package chatops.fc2;

import com.aliyuncs.fc.request.InvokeFunctionRequest;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An invocation the SDK cannot repeat. On 5xx it would send the same request three times in all, and HttpURLConnection a
 * POST twice when a kept connection breaks: both hide from the caller how often a message was sent. Not thread-safe, one
 * call only.
 */
final class SingleTry extends InvokeFunctionRequest {
  private @Nullable HttpURLConnection connection;
  private volatile int status;

  SingleTry(String service, String function) {
    super(service, function);
  }

  @Override
  public HttpURLConnection getHttpConnection(String url, String method) throws IOException {
    HttpURLConnection first = connection;
    if (first != null) {
      status = first.getResponseCode();
      throw new IOException("answered " + status + ", not sent again");
    }
    HttpURLConnection opened = super.getHttpConnection(url, method);
    opened.setInstanceFollowRedirects(false);
    opened.setFixedLengthStreamingMode(getPayload().length);
    connection = opened;
    return opened;
  }

  /** Status of the first answer, where the SDK wanted to ask again. */
  Optional<Integer> status() {
    return status > 0 ? Optional.of(status) : Optional.empty();
  }
}
