package chatops.execution.aliyun;

import chatops.engine.cloud.ApiRequest;
import chatops.execution.aliyun.ServiceTable.Service;
import com.aliyuncs.CommonRequest;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.http.MethodType;
import java.util.Map;

/** The RPC form of a call: POST, with short parameters in the query and long ones in the form body. */
final class RpcCall {
  /** Gateways cut long queries; scripts and templates go into the body. */
  private static final int QUERY_VALUE_LIMIT = 1000;

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
    for (Map.Entry<String, String> parameter : wire.entrySet()) {
      if (parameter.getValue().length() > QUERY_VALUE_LIMIT) {
        call.putBodyParameter(parameter.getKey(), parameter.getValue());
      } else {
        call.putQueryParameter(parameter.getKey(), parameter.getValue());
      }
    }
    return call;
  }
}
