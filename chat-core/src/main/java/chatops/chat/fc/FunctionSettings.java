package chatops.chat.fc;

import chatops.chat.handover.EventKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Reads how functions and their triggers are deployed (FC 3, "GetFunction", "GetTrigger"). Thread-safe. */
public final class FunctionSettings {
  private final Endpoint endpoint;
  private final FunctionClient.Key key;
  private final InstantSource clock;
  private final Duration timeout;
  private final SecureRandom random = new SecureRandom();

  /** @param key of a user who may {@code fc:GetFunction} and {@code fc:GetTrigger} */
  public FunctionSettings(
      Endpoint endpoint, FunctionClient.Key key, InstantSource clock, Duration timeout) {
    this.endpoint = endpoint;
    this.key = key;
    this.clock = clock;
    this.timeout = timeout;
  }

  /**
   * @return its JSON, which may hold secrets; empty when there is no such function
   * @throws IOException when it is refused, or no answer came
   */
  public Optional<byte[]> function(String name) throws IOException {
    return get("/functions/" + name, "GetFunction");
  }

  /** As {@link #function}. */
  public Optional<byte[]> trigger(String function, String name) throws IOException {
    return get("/functions/" + function + "/triggers/" + name, "GetTrigger");
  }

  private Optional<byte[]> get(String what, String action) throws IOException {
    String path = "/" + Fc3FunctionClient.VERSION + what;
    byte[] nonce = new byte[16];
    random.nextBytes(nonce);
    String[] signed = Acs3Signature.headers(
        "GET", endpoint, path, action, new byte[0], key, clock.instant(), EventKey.digits(nonce));
    Exchange.Reply reply =
        Exchange.send("GET", endpoint + path, new byte[0], timeout, new String[][] {signed});
    if (reply.status() == 404) {
      return Optional.empty();
    }
    if (reply.status() != 200) {
      throw new IOException(action + " answered " + reply.status());
    }
    return Optional.of(reply.body());
  }
}
