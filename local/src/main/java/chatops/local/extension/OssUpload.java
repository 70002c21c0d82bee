package chatops.local.extension;

import chatops.chat.fc.FunctionClient;
import chatops.chat.oss.OssSignature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts files into OSS (OSS API reference, PutObject), signed with the keys of the environment. An object that is there already is never replaced: a published version would not be
 * what it was.
 */
public final class OssUpload {
  private static final String HASH = "x-oss-meta-sha256";

  private final FunctionClient.Key key;
  private final String endpoint;
  private final InstantSource clock;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();

  /** @param endpoint {@code http://host:port} that replaces OSS's own; empty for OSS itself */
  public OssUpload(FunctionClient.Key key, String endpoint, InstantSource clock) {
    this.key = key;
    this.endpoint = endpoint;
    this.clock = clock;
  }

  /** @throws IOException when OSS refuses it, or another file is there under its name */
  public void put(BuiltPackage.Upload upload) throws IOException, InterruptedException {
    HttpResponse<String> there = send("HEAD", upload, HttpRequest.BodyPublishers.noBody());
    if (there.statusCode() == 200) {
      String hash = there.headers().firstValue(HASH).orElse("");
      if (hash.equals(upload.sha256())) {
        return;
      }
      throw new IOException(
          name(upload)
              + " is there already, with another content; give the file of each version an ObjectName of its own");
    }
    HttpResponse<String> answer =
        send("PUT", upload, HttpRequest.BodyPublishers.ofFile(upload.file()));
    if (answer.statusCode() != 200) {
      throw new IOException(name(upload) + ": OSS answers " + answer.statusCode() + " "
          + code(answer.body()) + "; the keys need oss:PutObject and oss:GetObject on it");
    }
  }

  private static String name(BuiltPackage.Upload upload) {
    return "oss://" + upload.target().bucketName() + "/" + upload.target().objectName();
  }

  private HttpResponse<String> send(
      String method, BuiltPackage.Upload upload, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    String bucket = upload.target().bucketName();
    String object = upload.target().objectName();
    OssSignature signature = new OssSignature(key, upload.target().regionId(), clock.instant());
    Map<String, String> headers = new TreeMap<>();
    headers.put("x-oss-date", signature.stamp());
    headers.put("x-oss-content-sha256", "UNSIGNED-PAYLOAD");
    if (!key.securityToken().isEmpty()) {
      headers.put("x-oss-security-token", key.securityToken());
    }
    if (method.equals("PUT")) {
      headers.put("Content-Type", "application/octet-stream");
      headers.put(HASH, upload.sha256());
      headers.put("x-oss-forbid-overwrite", "true");
    }
    String resource = "/" + bucket + "/" + object;
    headers.put("Authorization", signature.authorization(method, resource, Map.of(), headers));
    String url = endpoint.isEmpty()
        ? "https://" + bucket + ".oss-" + upload.target().regionId() + ".aliyuncs.com"
            + OssSignature.path("/" + object)
        : endpoint + OssSignature.path(resource);
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
        .timeout(Duration.ofMinutes(10))
        .method(method, body);
    headers.forEach(request::setHeader);
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String code(String body) {
    int from = body.indexOf("<Code>");
    int to = body.indexOf("</Code>");
    return from >= 0 && to > from ? body.substring(from + 6, to) : "";
  }
}
