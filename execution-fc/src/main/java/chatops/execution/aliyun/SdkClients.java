package chatops.execution.aliyun;

import chatops.engine.cloud.Session;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.IAcsClient;
import com.aliyuncs.auth.AlibabaCloudCredentials;
import com.aliyuncs.auth.BasicCredentials;
import com.aliyuncs.auth.BasicSessionCredentials;
import com.aliyuncs.profile.DefaultProfile;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * SDK clients, one per session: the SDK binds credentials to a client, and making one costs milliseconds. All share one JDK
 * HTTP client, whose proxy settings are the JVM's, so that loopback is never proxied. Thread-safe.
 */
public final class SdkClients {
  private static final int KEPT = 64;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

  private final HttpClient http = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .followRedirects(HttpClient.Redirect.NEVER)
      .connectTimeout(CONNECT_TIMEOUT)
      .build();

  private final Map<Session, IAcsClient> clients = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Session, IAcsClient> eldest) {
      return size() > KEPT;
    }
  };

  /** Makes a client for nobody, so that the SDK has read its tables when the first one is wanted. */
  public void prepare() {
    client(new Session("nobody", "nobody", "nobody", "", Instant.EPOCH));
  }

  /** What all clients send through. */
  HttpClient http() {
    return http;
  }

  /** A client that signs with this session. */
  public synchronized IAcsClient of(Session session) {
    return clients.computeIfAbsent(session, this::client);
  }

  private IAcsClient client(Session session) {
    // the SDK wants a region for a profile; every request names its own
    DefaultProfile profile = DefaultProfile.getProfile("cn-hangzhou");
    profile.setHttpClientConfig(SdkTransport.over(http));
    return new DefaultAcsClient(profile, credentials(session));
  }

  /** A user's own keys have no token, and an empty one would be signed along. */
  private static AlibabaCloudCredentials credentials(Session session) {
    return session.securityToken().isEmpty()
        ? new BasicCredentials(session.accessKeyId(), session.accessKeySecret())
        : new BasicSessionCredentials(
            session.accessKeyId(), session.accessKeySecret(), session.securityToken());
  }
}
