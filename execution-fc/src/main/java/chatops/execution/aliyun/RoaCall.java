package chatops.execution.aliyun;

import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiException.Verdict;
import chatops.engine.cloud.ApiRequest;
import chatops.execution.aliyun.ServiceTable.Service;
import com.aliyuncs.CommonRequest;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.MethodType;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The ROA form of a call: verb and path, parameters in the query except those that only choose the host. */
final class RoaCall {
  private RoaCall() {}

  static CommonRequest of(Service service, ApiRequest request, ApiRequest.Roa roa) {
    CommonRequest call = new CommonRequest();
    call.setSysProduct(service.product());
    call.setSysVersion(service.version());
    call.setSysMethod(method(request, roa.method()));
    call.setSysSignatureVersion(SignatureVersion.V1);
    int question = roa.uri().indexOf('?');
    call.setSysUriPattern(encoded(question < 0 ? roa.uri() : roa.uri().substring(0, question)));
    if (question >= 0) {
      putQuery(call, roa.uri().substring(question + 1));
    }
    for (Map.Entry<String, JsonNode> parameter : request.parameters().properties()) {
      JsonNode value = parameter.getValue();
      if (!isRouting(parameter.getKey()) && !value.isNull()) {
        call.putQueryParameter(
            parameter.getKey(), value.isValueNode() ? value.asText() : value.toString());
      }
    }
    for (Map.Entry<String, JsonNode> header : roa.headers().properties()) {
      call.putHeadParameter(header.getKey(), header.getValue().asText());
    }
    String body = roa.body();
    if (body != null && !body.isEmpty()) {
      call.setHttpContent(body.getBytes(StandardCharsets.UTF_8), "UTF-8", FormatType.JSON);
    }
    return call;
  }

  private static MethodType method(ApiRequest request, String method) {
    String wanted = method.isEmpty() ? "GET" : method.toUpperCase(Locale.ROOT);
    for (MethodType type : MethodType.values()) {
      if (type.name().equals(wanted)) {
        return type;
      }
    }
    throw new ApiException(
        request.name(),
        "InvalidMethod",
        "Method '" + method + "'; expected one of " + Arrays.toString(MethodType.values()),
        "",
        0,
        Verdict.FINAL,
        null);
  }

  private static boolean isRouting(String name) {
    return name.equals("RegionId") || name.equals("AccountId");
  }

  private static String encoded(String path) {
    String result = Arrays.stream(path.split("/", -1))
        .map(segment -> URLEncoder.encode(
                URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8),
                StandardCharsets.UTF_8)
            .replace("+", "%20"))
        .collect(Collectors.joining("/"));
    return result.startsWith("/") ? result : "/" + result;
  }

  private static void putQuery(CommonRequest call, String query) {
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      if (!name.isEmpty()) {
        call.putQueryParameter(name, URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
  }
}
