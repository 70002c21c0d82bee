package chatops.local.host;

import chatops.chat.rights.RightsSource;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** How a machine's functions run: inside its process, or as processes of their own. */
public interface Hosting {
  /** One function instance that serves FC's custom-runtime contract until it is closed. */
  interface Instance extends AutoCloseable {
    /** Without a path. */
    URI url();

    /** What tells the platform from other users of this machine, to be sent with every event and hook. */
    Map<String, String> platformHeaders();

    @Override
    void close() throws IOException;
  }

  /**
   * Starts an instance and returns when it takes requests.
   *
   * @param environment all that a deployment would set; it holds secrets
   * @param rights what Front follows where it runs in this process
   */
  Instance start(ProductFunction function, Map<String, String> environment, RightsSource rights)
      throws IOException;
}
