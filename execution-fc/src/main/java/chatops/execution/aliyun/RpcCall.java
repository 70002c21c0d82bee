package chatops.execution.aliyun;

import chatops.engine.cloud.ApiRequest;
import chatops.execution.aliyun.ServiceTable.Service;
import com.aliyuncs.CommonRequest;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.http.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/** The RPC form of a call: POST, with short parameters in the query and long ones in the form body. */
final class RpcCall {
  /** Gateways cut long queries; scripts and templates go into the body. */
  private static final int QUERY_VALUE_LIMIT = 1000;

  /** Scripts and what they are given: access logs keep queries. */
  private static final Set<String> IN_BODY = Set.of(
      "CommandContent", "Content", "ContentEncoding", "Parameters", "TemplateBody", "UserData");

  private final ParameterEncoder encoder = new ParameterEncoder();

  CommonRequest of(Service service, ApiRequest request) {
    CommonRequest call = new CommonRequest();
    call.setSysProduct(service.product());
    call.setSysVersion(service.version());
    call.setSysAction(request.api());
    call.setSysMethod(MethodType.POST);
    call.setSysSignatureVersion(SignatureVersion.V3);
    // ACS3 requests do not get it from the SDK
    call.putQueryParameter("RegionId", request.regionId());
    Map<String, String> wire = encoder.encode(service.name(), request.api(), request.parameters());
    if (service.name().equals("ecs") && request.api().equalsIgnoreCase("RunCommand")) {
      inBase64(wire);
    }
    for (Map.Entry<String, String> parameter : wire.entrySet()) {
      if (parameter.getValue().length() > QUERY_VALUE_LIMIT
          || IN_BODY.contains(parameter.getKey())) {
        call.putBodyParameter(parameter.getKey(), parameter.getValue());
      } else {
        call.putQueryParameter(parameter.getKey(), parameter.getValue());
      }
    }
    return call;
  }

  /** A script whose task says nothing of an encoding is plain text; in Base64 no gateway changes a line end or a sign of it. */
  private static void inBase64(Map<String, String> wire) {
    String script = wire.get("CommandContent");
    if (script != null && !wire.containsKey("ContentEncoding")) {
      wire.put(
          "CommandContent",
          Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_8)));
      wire.put("ContentEncoding", "Base64");
    }
  }
}
