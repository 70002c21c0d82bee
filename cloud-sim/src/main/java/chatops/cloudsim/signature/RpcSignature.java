package chatops.cloudsim.signature;

import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.http.WebRequest;
import chatops.cloudsim.identity.Principal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/** The RPC signature 1.0: HMAC-SHA1 over method and all parameters, those of a form body included. */
public final class RpcSignature {
  private final Gatekeeper gatekeeper;

  public RpcSignature(Gatekeeper gatekeeper) {
    this.gatekeeper = gatekeeper;
  }

  public Principal verify(WebRequest request, Map<String, String> parameters) {
    Principal caller = gatekeeper.owner(
        parameters.getOrDefault("AccessKeyId", ""), parameters.getOrDefault("SecurityToken", ""));
    String method = parameters.getOrDefault("SignatureMethod", "");
    if (!method.equals("HMAC-SHA1")
        || !parameters.getOrDefault("SignatureVersion", "").equals("1.0")) {
      throw Gatekeeper.incomplete("expected SignatureMethod HMAC-SHA1 and SignatureVersion 1.0.");
    }
    String given = parameters.getOrDefault("Signature", "");
    if (given.isEmpty()) {
      throw Gatekeeper.incomplete("no Signature.");
    }
    gatekeeper.timely(stamp(parameters.getOrDefault("Timestamp", "")));
    List<Map.Entry<String, String>> signed = new ArrayList<>(parameters.entrySet());
    signed.removeIf(parameter -> parameter.getKey().equals("Signature"));
    String stringToSign = request.method() + "&%2F&" + Encoding.percent(Encoding.canonical(signed));
    byte[] expected =
        new HmacUtils(HmacAlgorithms.HMAC_SHA_1, caller.accessKeySecret() + "&").hmac(stringToSign);
    if (!Encoding.same(Base64.getEncoder().encodeToString(expected), given)) {
      throw Gatekeeper.badSignature(
          masked(stringToSign, parameters.getOrDefault("SecurityToken", "")));
    }
    gatekeeper.unused(caller.accessKeyId(), parameters.getOrDefault("SignatureNonce", ""));
    return caller;
  }

  private static Instant stamp(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException bad) {
      throw new CloudException(
          400,
          "InvalidTimeStamp.Format",
          "Specified time stamp or date value is not well formatted.");
    }
  }

  private static String masked(String stringToSign, String token) {
    return token.isEmpty() ? stringToSign : stringToSign.replace(token, "***");
  }
}
