package chatops.cloudsim.oss;

import chatops.cloudsim.cloud.CloudException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;

/** All buckets of the account. Tests and demos put objects here and look at them; the HTTP endpoint works on the same ones. Thread-safe. */
public final class Oss {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
  private static final int LONGEST_KEY = 1023;

  private final InstantSource clock;
  private final Map<String, Bucket> buckets = new ConcurrentSkipListMap<>();

  public Oss(InstantSource clock) {
    this.clock = clock;
  }

  /** Makes the bucket, or answers the one that is there. */
  public Bucket create(String name, String region) {
    if (!NAME.matcher(name).matches()) {
      throw new CloudException(
          400, "InvalidBucketName", "The specified bucket is not valid: " + name);
    }
    Bucket bucket =
        buckets.computeIfAbsent(name, absent -> new Bucket(absent, region, clock.instant()));
    if (!bucket.region().equals(region)) {
      throw new CloudException(
          409,
          "BucketAlreadyExists",
          "The requested bucket name is not available: it is in another region.");
    }
    return bucket;
  }

  public Bucket bucket(String name) {
    return find(name)
        .orElseThrow(
            () -> new CloudException(404, "NoSuchBucket", "The specified bucket does not exist."));
  }

  public Optional<Bucket> find(String name) {
    return Optional.ofNullable(buckets.get(name));
  }

  public List<Bucket> buckets() {
    return List.copyOf(buckets.values());
  }

  /** Removes an empty bucket. */
  public void delete(String name) {
    if (!bucket(name).isEmpty()) {
      throw new CloudException(
          409, "BucketNotEmpty", "The bucket you tried to delete is not empty.");
    }
    buckets.remove(name);
  }

  public StoredObject put(
      String bucket, String key, byte[] content, String contentType, Map<String, String> metadata) {
    int length = key.getBytes(StandardCharsets.UTF_8).length;
    if (length == 0 || length > LONGEST_KEY || key.startsWith("/") || key.startsWith("\\")) {
      throw new CloudException(
          400, "InvalidObjectName", "The specified object is not valid: 1 to 1023 bytes.");
    }
    StoredObject object = new StoredObject(key, content, contentType, metadata, clock.instant());
    bucket(bucket).put(object);
    return object;
  }

  public StoredObject object(String bucket, String key) {
    return bucket(bucket)
        .find(key)
        .orElseThrow(
            () -> new CloudException(404, "NoSuchKey", "The specified key does not exist."));
  }
}
