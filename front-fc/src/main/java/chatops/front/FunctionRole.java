package chatops.front;

import chatops.chat.fc.FunctionClient;
import com.aliyun.fc.runtime.Context;
import com.aliyun.fc.runtime.Credentials;
import org.jspecify.annotations.Nullable;

/** The keys of the role this function runs as: those the platform sent with the latest invocation. Thread-safe. */
final class FunctionRole implements FunctionClient.Keys {
  private volatile FunctionClient.Key key = new FunctionClient.Key("", "", "");

  /** Takes the invocation's keys; an invocation without any leaves the earlier ones. */
  void renew(@Nullable Context context) {
    Credentials credentials = context == null ? null : context.getExecutionCredentials();
    if (credentials == null
        || credentials.getAccessKeyId() == null
        || credentials.getAccessKeyId().isEmpty()) {
      return;
    }
    String token = credentials.getSecurityToken();
    key = new FunctionClient.Key(
        credentials.getAccessKeyId(), credentials.getAccessKeySecret(), token == null ? "" : token);
  }

  @Override
  public FunctionClient.Key current() {
    return key;
  }
}
