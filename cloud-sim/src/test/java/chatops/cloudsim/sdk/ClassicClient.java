package chatops.cloudsim.sdk;

import chatops.cloudsim.identity.Principal;
import com.aliyuncs.CommonRequest;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.IAcsClient;
import com.aliyuncs.auth.AlibabaCloudCredentials;
import com.aliyuncs.auth.BasicCredentials;
import com.aliyuncs.auth.BasicSessionCredentials;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.HttpClientConfig;
import com.aliyuncs.http.HttpClientType;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.Map;

/** aliyun-java-sdk-core with one transport and one signature, pointed at the simulator. */
final class ClassicClient {
  private final URI endpoint;
  private final HttpClientType transport;
  private final SignatureVersion signature;
  private final IAcsClient client;

  ClassicClient(
      URI endpoint,
      HttpClientType transport,
      SignatureVersion signature,
      AlibabaCloudCredentials credentials) {
    this.endpoint = endpoint;
    this.transport = transport;
    this.signature = signature;
    DefaultProfile profile = DefaultProfile.getProfile("cn-hangzhou");
    HttpClientConfig config = HttpClientConfig.getDefault();
    config.setClientType(transport);
    profile.setHttpClientConfig(config);
    client = new DefaultAcsClient(profile, credentials);
  }

  static AlibabaCloudCredentials credentials(Principal principal) {
    return principal instanceof Principal.RoleSession session
        ? new BasicSessionCredentials(
            session.accessKeyId(), session.accessKeySecret(), session.securityToken())
        : new BasicCredentials(principal.accessKeyId(), principal.accessKeySecret());
  }

  ClassicClient as(AlibabaCloudCredentials other) {
    return new ClassicClient(endpoint, transport, signature, other);
  }

  IAcsClient client() {
    return client;
  }

  JsonNode ecs(String api, Map<String, String> parameters) throws ClientException {
    return call("Ecs", "2014-05-26", api, parameters);
  }

  JsonNode sts(String api, Map<String, String> parameters) throws ClientException {
    return call("Sts", "2015-04-01", api, parameters);
  }

  JsonNode ess(String api, Map<String, String> parameters) throws ClientException {
    return call("Ess", "2014-08-28", api, parameters);
  }

  private JsonNode call(String product, String version, String api, Map<String, String> parameters)
      throws ClientException {
    CommonRequest request = new CommonRequest();
    request.setSysProduct(product);
    request.setSysVersion(version);
    request.setSysAction(api);
    request.setSysDomain(endpoint.getAuthority());
    request.setSysProtocol(ProtocolType.HTTP);
    request.setSysMethod(MethodType.POST);
    request.setSysSignatureVersion(signature);
    if (signature == SignatureVersion.V3) {
      // the Compatible transport moves a query into an empty body, whose hash is then wrong
      parameters.forEach(request::putBodyParameter);
    } else {
      parameters.forEach(request::putQueryParameter);
    }
    try {
      return new ObjectMapper().readTree(client.getCommonResponse(request).getData());
    } catch (JsonProcessingException notJson) {
      throw new AssertionError("a reply that is not JSON", notJson);
    }
  }
}
