package chatops.cloudsim.door;

import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.http.WebRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request to OSS is about: by host name ({@code bucket.oss-cn-hangzhou.aliyuncs.com/key}), or by path where the host is an address, as the official clients do then.
 *
 * @param bucket empty for the service itself
 * @param key empty for the bucket itself
 * @param region what the host name says, empty where it says none
 */
record OssTarget(String bucket, String key, String region) {
  private static final Pattern HOST = Pattern.compile(
      "(?:([a-z0-9-]+)\\.)?oss-([a-z0-9-]+?)(?:-internal)?\\.aliyuncs\\.com(?::\\d+)?");
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\d+\\.\\d+\\.\\d+\\.\\d+|localhost)(?::\\d+)?");

  static OssTarget of(WebRequest request) {
    String host = request.header("Host").toLowerCase(Locale.ROOT);
    String path = plain(request.path().substring(1));
    Matcher named = HOST.matcher(host);
    if (named.matches()) {
      String bucket = named.group(1);
      if (bucket != null) {
        return new OssTarget(bucket, path, named.group(2));
      }
      int slash = path.indexOf('/');
      return slash < 0
          ? new OssTarget(path, "", named.group(2))
          : new OssTarget(path.substring(0, slash), path.substring(slash + 1), named.group(2));
    }
    if (ADDRESS.matcher(host).matches()) {
      int slash = path.indexOf('/');
      return slash < 0
          ? new OssTarget(path, "", "")
          : new OssTarget(path.substring(0, slash), path.substring(slash + 1), "");
    }
    throw new CloudException(
        403, "AccessDenied", "There is no OSS under the host name of this request.");
  }

  /** As signatures have it. */
  String resource() {
    return bucket.isEmpty() ? "/" : "/" + bucket + "/" + key;
  }

  /** A plus sign is itself in a path. */
  private static String plain(String path) {
    return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
