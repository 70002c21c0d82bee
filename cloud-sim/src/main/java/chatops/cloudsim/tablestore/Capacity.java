package chatops.cloudsim.tablestore;

import com.alicloud.openservices.tablestore.core.protocol.OtsInternalApi;

/** Capacity units, one per begun 4 KB; every answer tells what it cost. */
final class Capacity {
  private static final int UNIT_BYTES = 4096;

  private Capacity() {}

  static OtsInternalApi.ConsumedCapacity read(int bytes) {
    return consumed(units(bytes), 0);
  }

  static OtsInternalApi.ConsumedCapacity write(int bytes) {
    return consumed(0, units(bytes));
  }

  private static int units(int bytes) {
    return Math.max(1, (bytes + UNIT_BYTES - 1) / UNIT_BYTES);
  }

  private static OtsInternalApi.ConsumedCapacity consumed(int read, int write) {
    return OtsInternalApi.ConsumedCapacity.newBuilder()
        .setCapacityUnit(OtsInternalApi.CapacityUnit.newBuilder().setRead(read).setWrite(write))
        .build();
  }
}
