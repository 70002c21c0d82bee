package chatops.cloudsim.tablestore;

import com.alicloud.openservices.tablestore.core.protocol.OtsFilter;
import com.alicloud.openservices.tablestore.model.Column;
import com.alicloud.openservices.tablestore.model.ColumnValue;
import com.aliyun.ots.thirdparty.com.google.protobuf.ByteString;
import com.aliyun.ots.thirdparty.com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A condition on columns: a comparison, or comparisons joined by and, or, not. The same form serves conditional writes and filtered reads. */
final class ColumnFilter {
  private final Predicate<Map<String, Column>> test;
  private final int comparisons;

  private ColumnFilter(Predicate<Map<String, Column>> test, int comparisons) {
    this.test = test;
    this.comparisons = comparisons;
  }

  static ColumnFilter parse(ByteString bytes) {
    try {
      ColumnFilter filter = parse(OtsFilter.Filter.parseFrom(bytes));
      if (filter.comparisons > Limits.FILTERS) {
        throw Refusal.invalid("The count of filters is " + filter.comparisons
            + ", exceeds the max count " + Limits.FILTERS + ".");
      }
      return filter;
    } catch (InvalidProtocolBufferException damaged) {
      throw Refusal.invalid("The filter cannot be read: " + damaged.getMessage());
    }
  }

  boolean passes(Map<String, Column> columns) {
    return test.test(columns);
  }

  private static ColumnFilter parse(OtsFilter.Filter filter) throws InvalidProtocolBufferException {
    return switch (filter.getType()) {
      case FT_SINGLE_COLUMN_VALUE ->
        comparison(OtsFilter.SingleColumnValueFilter.parseFrom(filter.getFilter()));
      case FT_COMPOSITE_COLUMN_VALUE ->
        joined(OtsFilter.CompositeColumnValueFilter.parseFrom(filter.getFilter()));
      default -> throw Refusal.unsupported("filter of type " + filter.getType());
    };
  }

  private static ColumnFilter joined(OtsFilter.CompositeColumnValueFilter filter)
      throws InvalidProtocolBufferException {
    ColumnFilter joined = null;
    for (OtsFilter.Filter part : filter.getSubFiltersList()) {
      ColumnFilter next = parse(part);
      joined = joined == null ? next : join(filter.getCombinator(), joined, next);
    }
    if (joined == null) {
      throw Refusal.invalid("A composite filter needs at least one filter.");
    }
    return filter.getCombinator() == OtsFilter.LogicalOperator.LO_NOT
        ? new ColumnFilter(joined.test.negate(), joined.comparisons)
        : joined;
  }

  private static ColumnFilter join(
      OtsFilter.LogicalOperator operator, ColumnFilter left, ColumnFilter right) {
    int both = left.comparisons + right.comparisons;
    return switch (operator) {
      case LO_AND -> new ColumnFilter(left.test.and(right.test), both);
      case LO_OR -> new ColumnFilter(left.test.or(right.test), both);
      case LO_NOT -> throw Refusal.invalid("NOT takes one filter.");
    };
  }

  private static ColumnFilter comparison(OtsFilter.SingleColumnValueFilter filter) {
    if (filter.hasValueTransRule()) {
      throw Refusal.unsupported("filter with a value rule");
    }
    ColumnValue expected = value(filter.getColumnValue());
    return new ColumnFilter(
        columns -> {
          Column column = columns.get(filter.getColumnName());
          if (column == null) return !filter.getFilterIfMissing();
          return compares(filter.getComparator(), column.getValue(), expected);
        },
        1);
  }

  private static boolean compares(
      OtsFilter.ComparatorType comparator, ColumnValue found, ColumnValue expected) {
    Integer order = order(found, expected);
    if (order == null) return comparator == OtsFilter.ComparatorType.CT_NOT_EQUAL;
    return switch (comparator) {
      case CT_EQUAL -> order == 0;
      case CT_NOT_EQUAL -> order != 0;
      case CT_GREATER_THAN -> order > 0;
      case CT_GREATER_EQUAL -> order >= 0;
      case CT_LESS_THAN -> order < 0;
      case CT_LESS_EQUAL -> order <= 0;
      default -> throw Refusal.unsupported("comparison " + comparator);
    };
  }

  /** Null for values of different types, which never compare. */
  private static @Nullable Integer order(ColumnValue left, ColumnValue right) {
    if (left.getType() != right.getType()) return null;
    return switch (left.getType()) {
      case INTEGER -> Long.compare(left.asLong(), right.asLong());
      case DOUBLE -> Double.compare(left.asDouble(), right.asDouble());
      case BOOLEAN -> Boolean.compare(left.asBoolean(), right.asBoolean());
      case STRING -> left.asString().compareTo(right.asString());
      case BINARY -> java.util.Arrays.compareUnsigned(left.asBinary(), right.asBinary());
      default -> throw Refusal.unsupported("comparison of " + left.getType());
    };
  }

  /** One type byte, then the value, little endian; texts and bytes carry their length. */
  private static ColumnValue value(ByteString bytes) {
    ByteBuffer in = bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    byte type = in.get();
    return switch (type) {
      case 0 -> ColumnValue.fromLong(in.getLong());
      case 1 -> ColumnValue.fromDouble(in.getDouble());
      case 2 -> ColumnValue.fromBoolean(in.get() != 0);
      case 3 -> ColumnValue.fromString(new String(counted(in), StandardCharsets.UTF_8));
      case 7 -> ColumnValue.fromBinary(counted(in));
      default -> throw Refusal.invalid("A filter has a value of unknown type " + type + ".");
    };
  }

  private static byte[] counted(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return bytes;
  }
}
