package chatops.cloudsim.door;

import chatops.cloudsim.cloud.CloudException;

/** The signature checks speak the gateway's language; Function Compute has its own words for the same refusals. */
final class FunctionRefusal {
  private FunctionRefusal() {}

  static CloudException inFcWords(CloudException refusal) {
    String code = refusal.code();
    if (code.equals("SignatureDoesNotMatch") || code.equals("IncompleteSignature")) {
      return new CloudException(403, "SignatureNotMatch", refusal.text());
    }
    if (code.startsWith("InvalidAccessKeyId")) {
      return new CloudException(403, "InvalidAccessKeyID", refusal.text());
    }
    if (code.startsWith("InvalidSecurityToken")
        || code.startsWith("InvalidTimeStamp")
        || code.equals("SignatureNonceUsed")) {
      return new CloudException(403, "AccessDenied", refusal.text());
    }
    if (code.equals("MissingAccessKeyId")
        || code.equals("MissingSecurityToken")
        || code.equals("MissingParameter")) {
      return new CloudException(400, "MissingRequiredHeader", refusal.text());
    }
    return refusal;
  }
}
