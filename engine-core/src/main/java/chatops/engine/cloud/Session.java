package chatops.engine.cloud;

import java.time.Instant;

/** Temporary credentials of one role session. {@link #toString} never shows the secret or the token. */
public record Session(
    String roleArn,
    String accessKeyId,
    String accessKeySecret,
    String securityToken,
    Instant expiration) {
  @Override
  public String toString() {
    return "Session[" + roleArn + ", until " + expiration + "]";
  }
}
