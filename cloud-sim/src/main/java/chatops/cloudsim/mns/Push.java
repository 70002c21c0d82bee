package chatops.cloudsim.mns;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Carries one signed push to a web address. */
public interface Push {
  /**
   * @return the HTTP status
   * @throws IOException when there is no answer
   */
  int send(URI url, List<Map.Entry<String, String>> headers, byte[] body) throws IOException;
}
