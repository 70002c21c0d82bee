package chatops.execution.tablestore;

import com.alicloud.openservices.tablestore.model.ColumnValue;
import com.alicloud.openservices.tablestore.model.Condition;
import com.alicloud.openservices.tablestore.model.RowExistenceExpectation;
import com.alicloud.openservices.tablestore.model.condition.ColumnCondition;
import com.alicloud.openservices.tablestore.model.condition.CompositeColumnValueCondition;
import com.alicloud.openservices.tablestore.model.condition.SingleColumnValueCondition;
import com.alicloud.openservices.tablestore.model.condition.SingleColumnValueCondition.CompareOperator;

/** Conditions of writes. By the SDK's default a comparison with a missing column passes; here each says so or not. */
final class Conditions {
  private Conditions() {}

  static Condition absent() {
    return new Condition(RowExistenceExpectation.EXPECT_NOT_EXIST);
  }

  static Condition stands(ColumnCondition columns) {
    Condition condition = new Condition(RowExistenceExpectation.EXPECT_EXIST);
    condition.setColumnCondition(columns);
    return condition;
  }

  /** The row may be absent; if present, the comparison must hold. */
  static Condition absentOr(ColumnCondition columns) {
    Condition condition = new Condition(RowExistenceExpectation.IGNORE);
    condition.setColumnCondition(columns);
    return condition;
  }

  static ColumnCondition is(String column, long value) {
    return compare(column, CompareOperator.EQUAL, value, false);
  }

  static ColumnCondition is(String column, String value) {
    SingleColumnValueCondition condition = new SingleColumnValueCondition(
        column, CompareOperator.EQUAL, ColumnValue.fromString(value));
    condition.setPassIfMissing(false);
    condition.setLatestVersionsOnly(true);
    return condition;
  }

  static ColumnCondition compare(
      String column, CompareOperator operator, long value, boolean passIfMissing) {
    SingleColumnValueCondition condition =
        new SingleColumnValueCondition(column, operator, ColumnValue.fromLong(value));
    condition.setPassIfMissing(passIfMissing);
    condition.setLatestVersionsOnly(true);
    return condition;
  }

  static ColumnCondition both(ColumnCondition one, ColumnCondition other) {
    return new CompositeColumnValueCondition(CompositeColumnValueCondition.LogicOperator.AND)
        .addCondition(one)
        .addCondition(other);
  }

  static ColumnCondition either(ColumnCondition one, ColumnCondition other) {
    return new CompositeColumnValueCondition(CompositeColumnValueCondition.LogicOperator.OR)
        .addCondition(one)
        .addCondition(other);
  }
}
