package chatops.engine.jq;

import java.lang.reflect.Field;
import java.util.List;
import java.util.function.UnaryOperator;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParser;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;
import net.thisptr.jackson.jq.internal.tree.FormattingFilter;
import net.thisptr.jackson.jq.internal.tree.FunctionCall;
import net.thisptr.jackson.jq.internal.tree.IdentifierKeyFieldConstruction;
import net.thisptr.jackson.jq.internal.tree.StringInterpolation;
import net.thisptr.jackson.jq.internal.tree.StringKeyFieldConstruction;
import net.thisptr.jackson.jq.internal.tree.binaryop.BinaryOperatorExpression;
import net.thisptr.jackson.jq.internal.tree.binaryop.SimpleBinaryOperatorExpression;
import net.thisptr.jackson.jq.internal.tree.binaryop.assignment.ComplexAssignment;
import net.thisptr.jackson.jq.internal.tree.binaryop.assignment.UpdateAssignment;
import org.jspecify.annotations.Nullable;

/** Makes parts of a compiled program do what jq 1.6 does where jackson-jq differs. */
final class Mending {
  private Mending() {}

  static void mend(Object part) {
    if (part instanceof StringInterpolation) {
      // numbers would look as Java writes them
      fill(part, "formatter", new FormattingFilter("text", Versions.JQ_1_6));
    } else if (part instanceof IdentifierKeyFieldConstruction field) {
      // {a} of a number would be {"a": null} instead of an error
      fill(part, "value", expression(".[\"" + field.key + "\"]"));
    } else if (part instanceof StringKeyFieldConstruction field) {
      fill(part, "value", expression(".[" + field.key + "]"));
    } else if (part instanceof SimpleBinaryOperatorExpression) {
      widen(part, SimpleBinaryOperatorExpression.class);
    } else if (part instanceof ComplexAssignment) {
      widen(part, ComplexAssignment.class);
    }
  }

  /** Another part in place of {@code part}, or itself. */
  static Expression replaced(Expression part) {
    if (part instanceof UpdateAssignment) {
      // an update that gives nothing deletes; the library's own refuses it
      List<Expression> sides = List.of(read(part, "lhs"), read(part, "rhs"));
      return new FunctionCall(null, "_modify", sides, Versions.JQ_1_6);
    }
    return part;
  }

  private static Expression read(Expression part, String name) {
    try {
      Field field = BinaryOperatorExpression.class.getDeclaredField(name);
      field.setAccessible(true);
      return (Expression) field.get(part);
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException("jackson-jq has no operand " + name, changed);
    }
  }

  private static Expression expression(String program) {
    try {
      return ExpressionParser.compile(program, Versions.JQ_1_6);
    } catch (JsonQueryException invalid) {
      throw new IllegalStateException("jackson-jq does not take " + program, invalid);
    }
  }

  private static void fill(Object part, String name, Expression value) {
    change(part, part.getClass(), name, written -> written == null ? value : written);
  }

  private static void widen(Object part, Class<?> declaring) {
    change(
        part,
        declaring,
        "operator",
        written -> written instanceof BinaryOperator operator && ExactOperator.covers(operator)
            ? new ExactOperator(operator)
            : written);
  }

  private static void change(
      Object part, Class<?> declaring, String name, UnaryOperator<@Nullable Object> change) {
    try {
      Field field = declaring.getDeclaredField(name);
      field.setAccessible(true);
      field.set(part, change.apply(field.get(part)));
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException(
          "jackson-jq has no " + declaring.getName() + "." + name + "; was it replaced?", changed);
    }
  }
}
