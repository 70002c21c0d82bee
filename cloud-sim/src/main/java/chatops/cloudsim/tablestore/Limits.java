package chatops.cloudsim.tablestore;

/**
 * What the service accepts. Source: "Limits of Tablestore".
 *
 * @param scannedRows rows one GetRange looks at before it hands out the next start key
 * @param scannedBytes bytes one GetRange reads before it does so
 */
public record Limits(int scannedRows, int scannedBytes) {
  static final int KEY_COLUMNS = 4;
  static final int KEY_BYTES = 1024;
  static final int VALUE_BYTES = 2 * 1024 * 1024;
  static final int COLUMNS_PER_WRITE = 1024;
  static final int COLUMNS_TO_GET = 128;
  static final int BATCH_READ_ROWS = 100;
  static final int BATCH_WRITE_ROWS = 200;
  static final int WRITE_BYTES = 4 * 1024 * 1024;
  static final int BODY_BYTES = 5 * 1024 * 1024;
  static final int FILTERS = 10;
  static final int TABLES = 64;
  static final int INDEXES = 5;
  static final int DEFINED_COLUMNS = 32;
  static final int SHORTEST_TTL_SECONDS = 86_400;

  /** The service's own. */
  public static final Limits REAL = new Limits(5000, 4 * 1024 * 1024);

  /** As the real ones, but a range pauses after {@code scannedRows} already. */
  public static Limits shortRanges(int scannedRows) {
    return new Limits(scannedRows, REAL.scannedBytes);
  }
}
