package chatops.front;

import chatops.chat.fc.FunctionClient;
import java.util.Map;

/** Makes the client that reaches Execution. */
public interface FunctionClientFactory {
  /** @throws IllegalArgumentException naming the variable that is missing or wrong, never its value */
  FunctionClient create(Map<String, String> environment, FunctionClient.Keys keys);
}
