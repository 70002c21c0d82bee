package chatops.cloudsim.oss;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** One bucket. Thread-safe. */
public final class Bucket {
  /** Who may do what without a RAM policy's say. */
  public enum Acl {
    PRIVATE("private"),
    PUBLIC_READ("public-read"),
    PUBLIC_READ_WRITE("public-read-write");

    private final String text;

    Acl(String text) {
      this.text = text;
    }

    /** As OSS spells it. */
    public String text() {
      return text;
    }

    public static Optional<Acl> of(String text) {
      return List.of(values()).stream().filter(acl -> acl.text.equals(text)).findFirst();
    }
  }

  private final String name;
  private final String region;
  private final Instant created;
  private final Map<String, StoredObject> objects = new ConcurrentSkipListMap<>();
  private volatile Acl acl = Acl.PRIVATE;

  Bucket(String name, String region, Instant created) {
    this.name = name;
    this.region = region;
    this.created = created;
  }

  public String name() {
    return name;
  }

  public String region() {
    return region;
  }

  public Instant created() {
    return created;
  }

  public Acl acl() {
    return acl;
  }

  public void acl(Acl change) {
    acl = change;
  }

  public Optional<StoredObject> find(String key) {
    return Optional.ofNullable(objects.get(key));
  }

  public void put(StoredObject object) {
    objects.put(object.key(), object);
  }

  public void remove(String key) {
    objects.remove(key);
  }

  public boolean isEmpty() {
    return objects.isEmpty();
  }

  /** Objects whose key starts with {@code prefix} and comes after {@code marker}, in key order. */
  public List<StoredObject> after(String marker, String prefix, int limit) {
    return objects.values().stream()
        .filter(object -> object.key().startsWith(prefix))
        .filter(object -> marker.isEmpty() || object.key().compareTo(marker) > 0)
        .limit(limit)
        .toList();
  }
}
