package chatops.cloudsim.door;

import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.oss.Bucket;
import chatops.cloudsim.oss.StoredObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The bodies of OSS answers. */
final class OssXml {
  private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
          "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
      .withZone(ZoneOffset.UTC);

  private OssXml() {}

  static String error(CloudException refusal, String requestId, String host) {
    return HEAD
        + tag(
            "Error",
            text("Code", refusal.code())
                + text("Message", refusal.text())
                + text("RequestId", requestId)
                + text("HostId", host));
  }

  static String location(Bucket bucket) {
    return HEAD + text("LocationConstraint", "oss-" + bucket.region());
  }

  static String acl(Bucket bucket, String account) {
    return HEAD
        + tag(
            "AccessControlPolicy",
            owner(account) + tag("AccessControlList", text("Grant", bucket.acl().text())));
  }

  static String info(Bucket bucket, String account) {
    return HEAD
        + tag(
            "BucketInfo",
            tag(
                "Bucket",
                bucket(bucket)
                    + owner(account)
                    + tag("AccessControlList", text("Grant", bucket.acl().text()))));
  }

  static String buckets(List<Bucket> buckets, String account) {
    StringBuilder list = new StringBuilder();
    buckets.forEach(bucket -> list.append(tag("Bucket", bucket(bucket))));
    return HEAD + tag("ListAllMyBucketsResult", owner(account) + tag("Buckets", list.toString()));
  }

  private static String bucket(Bucket bucket) {
    return text("Name", bucket.name())
        + text("Location", "oss-" + bucket.region())
        + text("CreationDate", time(bucket.created()))
        + text("ExtranetEndpoint", "oss-" + bucket.region() + ".aliyuncs.com")
        + text("IntranetEndpoint", "oss-" + bucket.region() + "-internal.aliyuncs.com")
        + text("StorageClass", "Standard");
  }

  /** @param next where the next page starts, empty on the last one */
  static String objects(
      Bucket bucket,
      List<StoredObject> page,
      String prefix,
      boolean second,
      String next,
      String account) {
    StringBuilder list = new StringBuilder(text("Name", bucket.name()) + text("Prefix", prefix));
    list.append(text("MaxKeys", String.valueOf(Math.max(1, page.size()))))
        .append(text("IsTruncated", String.valueOf(!next.isEmpty())));
    if (!next.isEmpty()) {
      list.append(text(second ? "NextContinuationToken" : "NextMarker", next));
    }
    if (second) {
      list.append(text("KeyCount", String.valueOf(page.size())));
    }
    for (StoredObject object : page) {
      list.append(tag(
          "Contents",
          text("Key", object.key())
              + text("LastModified", time(object.modified()))
              + text("ETag", object.etag())
              + text("Type", "Normal")
              + text("Size", String.valueOf(object.content().length))
              + text("StorageClass", "Standard")
              + owner(account)));
    }
    return HEAD + tag("ListBucketResult", list.toString());
  }

  private static String owner(String account) {
    return tag("Owner", text("ID", account) + text("DisplayName", account));
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }

  private static String text(String name, String text) {
    return tag(
        name,
        text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;"));
  }

  private static String tag(String name, String inner) {
    return "<" + name + ">" + inner + "</" + name + ">";
  }
}
