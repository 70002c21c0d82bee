package chatops.execution.aliyun;

import chatops.engine.cloud.ApiRequest;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Verb and sub-resource of OSS operations, for tasks that give neither Method nor URI (OSS API reference, list of operations by
 * function).
 */
final class OssOperation {
  private static final Map<String, List<String>> KNOWN = Map.ofEntries(
      Map.entry("listbuckets", List.of("GET", "")),
      Map.entry("listobjects", List.of("GET", "")),
      Map.entry("listobjectsv2", List.of("GET", "?list-type=2")),
      Map.entry("getbucketinfo", List.of("GET", "?bucketInfo")),
      Map.entry("getbucketacl", List.of("GET", "?acl")),
      Map.entry("putbucketacl", List.of("PUT", "?acl")),
      Map.entry("getbucketpolicy", List.of("GET", "?policy")),
      Map.entry("putbucketpolicy", List.of("PUT", "?policy")),
      Map.entry("deletebucketpolicy", List.of("DELETE", "?policy")),
      Map.entry("getbucketreferer", List.of("GET", "?referer")),
      Map.entry("putbucketreferer", List.of("PUT", "?referer")),
      Map.entry("getbucketlogging", List.of("GET", "?logging")),
      Map.entry("putbucketlogging", List.of("PUT", "?logging")),
      Map.entry("getbucketencryption", List.of("GET", "?encryption")),
      Map.entry("putbucketencryption", List.of("PUT", "?encryption")),
      Map.entry("getbucketversioning", List.of("GET", "?versioning")),
      Map.entry("putbucketversioning", List.of("PUT", "?versioning")),
      Map.entry("putbucket", List.of("PUT", "")),
      Map.entry("deletebucket", List.of("DELETE", "")),
      Map.entry("getobject", List.of("GET", "")),
      Map.entry("headobject", List.of("HEAD", "")),
      Map.entry("getobjectmeta", List.of("HEAD", "?objectMeta")),
      Map.entry("putobject", List.of("PUT", "")),
      Map.entry("copyobject", List.of("PUT", "")),
      Map.entry("deleteobject", List.of("DELETE", "")),
      Map.entry("getobjectacl", List.of("GET", "?acl")),
      Map.entry("putobjectacl", List.of("PUT", "?acl")));

  private OssOperation() {}

  static ApiRequest.Roa named(ApiRequest request) {
    List<String> known = KNOWN.get(request.api().toLowerCase(Locale.ROOT));
    if (known == null) {
      throw OssCalls.refused(
          request,
          "NotSupported",
          "how OSS takes this operation is not known; add Method and URI to the task, such as"
              + " Method: GET and URI: '?acl'");
    }
    return roa(known.get(0), known.get(1), null, request);
  }

  static ApiRequest.Roa roa(
      String method, String subResource, @Nullable String body, ApiRequest request) {
    String object = OssCalls.parameter(request, "ObjectName");
    String name = object.isEmpty() ? OssCalls.parameter(request, "ObjectKey") : object;
    return new ApiRequest.Roa(
        method, name + subResource, JsonNodeFactory.instance.objectNode(), body);
  }
}
