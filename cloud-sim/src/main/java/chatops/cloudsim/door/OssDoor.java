package chatops.cloudsim.door;

import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.SimulatedCloud;
import chatops.cloudsim.http.Door;
import chatops.cloudsim.http.WebReply;
import chatops.cloudsim.http.WebRequest;
import chatops.cloudsim.oss.Bucket;
import chatops.cloudsim.oss.Oss;
import chatops.cloudsim.oss.StoredObject;
import chatops.cloudsim.signature.Gatekeeper;
import chatops.cloudsim.signature.OssSignature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The endpoint of OSS: buckets, their access and information, lists, and whole objects. What it does not play (parts, versions, policies …) it refuses as NotImplemented. A
 * private object needs a signature and the right; what a signed URL may do is what its signer may do.
 */
public final class OssDoor implements Door {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,12})-(\\d{0,12})");
  private static final List<String> NOT_PLAYED = List.of(
      "append",
      "cors",
      "delete",
      "encryption",
      "lifecycle",
      "logging",
      "policy",
      "referer",
      "tagging",
      "uploadId",
      "uploads",
      "versionId",
      "versioning",
      "versions",
      "website",
      "x-oss-process");

  private final Oss oss;
  private final SimulatedCloud cloud;
  private final OssSignature signature;
  private final String accountId;

  /** One request whose target and signer are known. */
  private record Asked(
      WebRequest request, OssTarget target, Optional<OssSignature.Proof> proof, String api) {
    boolean has(String subResource) {
      return request.queryMap().containsKey(subResource);
    }

    String query(String name) {
      return request.queryMap().getOrDefault(name, "");
    }
  }

  public OssDoor(Oss oss, SimulatedCloud cloud, Gatekeeper gatekeeper, String accountId) {
    this.oss = oss;
    this.cloud = cloud;
    this.accountId = accountId;
    signature = new OssSignature(gatekeeper);
  }

  @Override
  public WebReply answer(WebRequest request) {
    long started = System.nanoTime();
    String requestId = cloud.names().requestId().replace("-", "").substring(0, 24);
    Map<String, String> logged = new TreeMap<>();
    String caller = "unverified";
    String api = request.method();
    String code = "OK";
    WebReply reply;
    try {
      OssTarget target = OssTarget.of(request);
      api = api(request, target);
      logged.put("bucket", target.bucket());
      logged.put("key", target.key());
      Optional<OssSignature.Proof> proof = signature.verify(request, target.resource());
      caller = proof.map(it -> it.principal().arn()).orElse("anonymous");
      reply = faulty(new Asked(request, target, proof, api));
    } catch (CloudException refusal) {
      CloudException told = OssRefusal.inOssWords(refusal);
      code = told.code();
      reply = WebReply.of(
          told.status(),
          "application/xml",
          request.method().equals("HEAD")
              ? ""
              : OssXml.error(told, requestId, request.header("Host")));
    } catch (IllegalArgumentException badEscape) {
      code = "InvalidURI";
      reply = WebReply.of(400, "application/xml", "");
    }
    cloud
        .log()
        .add(
            caller,
            "Oss",
            api,
            "",
            logged,
            reply.status(),
            code,
            requestId,
            Duration.ofNanos(System.nanoTime() - started));
    return reply.with("x-oss-request-id", requestId).with("Server", "AliyunOSS");
  }

  private WebReply faulty(Asked asked) {
    return DoorFaults.ofCloud(
        cloud.faults().hit("Oss", asked.api()),
        WebReply.of(503, "text/html", "<html><body>503</body></html>"),
        () -> reply(asked));
  }

  private static String api(WebRequest request, OssTarget target) {
    Map<String, String> query = request.queryMap();
    if (target.bucket().isEmpty()) {
      return "ListBuckets";
    }
    String verb =
        request.method().charAt(0) + request.method().substring(1).toLowerCase(Locale.ROOT);
    if (!target.key().isEmpty()) {
      return verb + "Object";
    }
    if (query.containsKey("location")) {
      return verb + "BucketLocation";
    }
    if (query.containsKey("bucketInfo")) {
      return verb + "BucketInfo";
    }
    if (query.containsKey("acl")) {
      return verb + "BucketAcl";
    }
    return request.method().equals("GET") ? "ListObjects" : verb + "Bucket";
  }

  private WebReply reply(Asked asked) {
    for (String subResource : NOT_PLAYED) {
      if (asked.has(subResource)) {
        throw new CloudException(
            501, "NotImplemented", "The simulated OSS does not play ?" + subResource + ".");
      }
    }
    OssTarget target = asked.target();
    if (target.bucket().isEmpty()) {
      permitted(asked, false);
      return xml(OssXml.buckets(oss.buckets(), accountId));
    }
    if (asked.api().equals("PutBucket")) {
      permitted(asked, false);
      oss.create(target.bucket(), region(asked));
      return WebReply.of(200, "", "").with("Location", "/" + target.bucket());
    }
    Bucket bucket = oss.bucket(target.bucket());
    String reached = target.region().isEmpty()
        ? asked.proof().map(it -> it.region()).orElse("")
        : target.region();
    if (!reached.isEmpty() && !reached.equals(bucket.region())) {
      throw new CloudException(
          403,
          "AccessDenied",
          "The bucket you are attempting to access must be addressed using the specified endpoint. "
              + "Please send all future requests to this endpoint: oss-"
              + bucket.region()
              + ".aliyuncs.com.");
    }
    return switch (asked.api()) {
      case "GetBucketLocation" -> permitted(asked, false, xml(OssXml.location(bucket)));
      case "GetBucketInfo" -> permitted(asked, false, xml(OssXml.info(bucket, accountId)));
      case "GetBucketAcl" -> permitted(asked, false, xml(OssXml.acl(bucket, accountId)));
      case "PutBucketAcl" -> acl(asked, bucket);
      case "DeleteBucket" -> deleteBucket(asked);
      case "ListObjects" -> list(asked, bucket);
      case "GetObject", "HeadObject" -> get(asked, bucket);
      case "PutObject" -> put(asked, bucket);
      case "DeleteObject" -> delete(asked, bucket);
      default ->
        throw new CloudException(
            405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
    };
  }

  /** Version 4 says the region; else the host name; else the account's usual one. */
  private static String region(Asked asked) {
    String signed = asked.proof().map(OssSignature.Proof::region).orElse("");
    String named = asked.target().region();
    return !signed.isEmpty() ? signed : !named.isEmpty() ? named : "cn-hangzhou";
  }

  private WebReply acl(Asked asked, Bucket bucket) {
    permitted(asked, false);
    bucket.acl(Bucket.Acl.of(asked.request().header("x-oss-acl"))
        .orElseThrow(() -> new CloudException(
            400,
            "InvalidArgument",
            "x-oss-acl: expected private, public-read or public-read-write.")));
    return WebReply.of(200, "", "");
  }

  private WebReply deleteBucket(Asked asked) {
    permitted(asked, false);
    oss.delete(asked.target().bucket());
    return WebReply.of(204, "", "");
  }

  private WebReply list(Asked asked, Bucket bucket) {
    permitted(asked, bucket.acl() != Bucket.Acl.PRIVATE);
    boolean second = asked.query("list-type").equals("2");
    String after = second
        ? asked.query("continuation-token").isEmpty()
            ? asked.query("start-after")
            : asked.query("continuation-token")
        : asked.query("marker");
    String most = asked.query("max-keys");
    int limit = most.matches("[0-9]{1,4}") ? Math.min(1000, Integer.parseInt(most)) : 100;
    String prefix = asked.query("prefix");
    List<StoredObject> page = bucket.after(after, prefix, limit + 1);
    boolean isCut = page.size() > limit;
    List<StoredObject> shown = isCut ? page.subList(0, limit) : page;
    String next = isCut ? shown.get(shown.size() - 1).key() : "";
    return xml(OssXml.objects(bucket, shown, prefix, second, next, accountId));
  }

  private WebReply get(Asked asked, Bucket bucket) {
    permitted(asked, bucket.acl() != Bucket.Acl.PRIVATE);
    StoredObject object = oss.object(bucket.name(), asked.target().key());
    byte[] content = object.content();
    int status = 200;
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    Matcher range = RANGE.matcher(asked.request().header("Range"));
    if (range.matches() && Long.parseLong(range.group(1)) < content.length) {
      int from = Integer.parseInt(range.group(1));
      int to = range.group(2).isEmpty()
          ? content.length - 1
          : (int) Math.min(content.length - 1, Long.parseLong(range.group(2)));
      headers.add(
          Map.entry("Content-Range", "bytes " + from + "-" + to + "/" + object.content().length));
      content = java.util.Arrays.copyOfRange(content, from, Math.max(from, to + 1));
      status = 206;
    }
    headers.add(Map.entry("Content-Type", object.contentType()));
    headers.add(Map.entry("ETag", object.etag()));
    headers.add(Map.entry("x-oss-hash-crc64ecma", object.crc64()));
    headers.add(Map.entry("x-oss-object-type", "Normal"));
    headers.add(Map.entry(
        "Last-Modified",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(object.modified().atZone(ZoneOffset.UTC))));
    object.metadata().forEach((name, value) -> headers.add(Map.entry(name, value)));
    if (asked.request().method().equals("HEAD")) {
      headers.add(Map.entry("Content-Length", String.valueOf(content.length)));
      content = new byte[0];
    }
    return new WebReply(status, headers, content, Duration.ZERO, false);
  }

  private WebReply put(Asked asked, Bucket bucket) {
    permitted(asked, bucket.acl() == Bucket.Acl.PUBLIC_READ_WRITE);
    WebRequest request = asked.request();
    String md5 = request.header("Content-MD5");
    String own = Base64.getEncoder().encodeToString(DigestUtils.md5(request.body()));
    if (!md5.isEmpty() && !md5.equals(own)) {
      throw new CloudException(
          400, "InvalidDigest", "The Content-MD5 you specified did not match what we received.");
    }
    Map<String, String> metadata = new TreeMap<>();
    for (Map.Entry<String, String> header : request.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith("x-oss-meta-")) {
        metadata.put(name, header.getValue());
      }
    }
    if (request.header("x-oss-forbid-overwrite").equals("true")
        && bucket.find(asked.target().key()).isPresent()) {
      throw new CloudException(
          409,
          "FileAlreadyExists",
          "The object you specified already exists and can not be overwritten.");
    }
    String type = request.header("Content-Type");
    StoredObject object = oss.put(
        bucket.name(),
        asked.target().key(),
        request.body(),
        type.isEmpty() ? "application/octet-stream" : type,
        metadata);
    return WebReply.of(200, "", "")
        .with("ETag", object.etag())
        .with("x-oss-hash-crc64ecma", object.crc64());
  }

  private WebReply delete(Asked asked, Bucket bucket) {
    permitted(asked, bucket.acl() == Bucket.Acl.PUBLIC_READ_WRITE);
    bucket.remove(asked.target().key());
    return WebReply.of(204, "", "");
  }

  private WebReply permitted(Asked asked, boolean isPublic, WebReply reply) {
    permitted(asked, isPublic);
    return reply;
  }

  private void permitted(Asked asked, boolean isPublic) {
    if (isPublic) {
      return;
    }
    OssTarget target = asked.target();
    if (asked.proof().isEmpty()) {
      throw new CloudException(
          403,
          "AccessDenied",
          target.key().isEmpty()
              ? "Anonymous access is forbidden for this operation."
              : "You have no right to access this object because of bucket acl.");
    }
    String action = "oss:" + (asked.api().equals("HeadObject") ? "GetObject" : asked.api());
    String resource = "acs:oss:*:" + accountId + ":"
        + (target.bucket().isEmpty()
            ? "*"
            : target.key().isEmpty() ? target.bucket() : target.bucket() + "/" + target.key());
    if (!asked.proof().get().principal().mayCall(action, resource)) {
      throw new CloudException(
          403,
          "AccessDenied",
          asked.proof().get().principal().arn() + " lacks " + action + " on " + resource + ".");
    }
  }

  private static WebReply xml(String body) {
    return new WebReply(
        200,
        List.of(Map.entry("Content-Type", "application/xml")),
        body.getBytes(StandardCharsets.UTF_8),
        Duration.ZERO,
        false);
  }
}
