package chatops.engine.execution;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The audit trail of an execution as its own row holds it: every record names the hash of the one before it, so the hash of
 * the newest stands for all. Written with the change that the records are about, in the same write, so the two cannot differ.
 *
 * @param count how many records there are
 * @param head hash of the newest; empty while there is none
 * @param recent the newest records, which are in no audit row yet, oldest first: JSON texts
 */
public record Trail(long count, String head, List<String> recent) {
  /** Before the first record. */
  public static final Trail NONE = new Trail(0, "", List.of());

  public Trail {
    recent = List.copyOf(recent);
  }

  /** With more records, the first of which names {@link #head}. */
  public Trail with(List<String> records) {
    if (records.isEmpty()) {
      return this;
    }
    List<String> all = new ArrayList<>(recent);
    all.addAll(records);
    return new Trail(count + records.size(), hash(all.get(all.size() - 1)), all);
  }

  /** After its records have gone into audit rows. */
  public Trail settled() {
    return new Trail(count, head, List.of());
  }

  /** The hash of a record: hex SHA-256 of its text in UTF-8. */
  public static String hash(String record) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(record.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
