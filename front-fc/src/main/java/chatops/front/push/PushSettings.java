package chatops.front.push;

import java.util.List;

/**
 * Whose pushes are taken.
 *
 * @param account id of the account that owns the topics
 * @param topics names; empty = no push is taken
 * @param certificateHosts exact names of hosts that may serve the certificate
 * @param authorities PEM of the certificates that must vouch for it; empty = the host's TLS vouches
 * @param loopbackAllowed whether the certificate may come from this machine
 */
public record PushSettings(
    String account,
    List<String> topics,
    List<String> certificateHosts,
    byte[] authorities,
    boolean loopbackAllowed) {
  /** Where MNS keeps it (MNS, "Signature of endpoint requests"). */
  public static final String USUAL_HOST = "mnstest.oss-cn-hangzhou.aliyuncs.com";

  public PushSettings {
    topics = List.copyOf(topics);
    certificateHosts = List.copyOf(certificateHosts);
  }

  @Override
  public String toString() {
    return "PushSettings[" + account + ", topics " + topics + "]";
  }
}
