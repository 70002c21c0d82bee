package chatops.cloudsim.door;

import chatops.cloudsim.cloud.CloudException;

/** The signature checks speak the gateway's language; OSS has its own words for the same refusals. */
final class OssRefusal {
  private OssRefusal() {}

  static CloudException inOssWords(CloudException refusal) {
    String code = refusal.code();
    if (code.equals("SignatureDoesNotMatch")) {
      return new CloudException(403, code, refusal.text());
    }
    if (code.equals("IncompleteSignature")) {
      return new CloudException(400, "InvalidArgument", refusal.text());
    }
    if (code.startsWith("InvalidAccessKeyId") || code.equals("MissingAccessKeyId")) {
      return new CloudException(403, "InvalidAccessKeyId", refusal.text());
    }
    if (code.equals("InvalidSecurityToken.Expired")) {
      return new CloudException(403, "SecurityTokenExpired", refusal.text());
    }
    if (code.startsWith("InvalidSecurityToken") || code.equals("MissingSecurityToken")) {
      return new CloudException(403, "InvalidSecurityToken", refusal.text());
    }
    if (code.startsWith("InvalidTimeStamp")) {
      return new CloudException(403, "RequestTimeTooSkewed", refusal.text());
    }
    return refusal;
  }
}
